"""Seconds for the report of the demonstration's evaluation: ten charts, the print, every file.

The floor is a process that draws one dot, in the same run. Charts are drawn anew, then asked for
again; then each file is made with the charts at hand. What takes a second or more is a job
(`lms/reports/files.py`), the rest is made when it is downloaded. Drawing happens in processes of
their own; the server's memory before and after is printed. By the clock (of the processor).

    python -m bench.report
"""

import io
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from bench.pictures import demonstration
from lms.demonstration import pilot
from lms.evaluation import actions, queries
from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.reports import drawing, formats
from lms.reports.charts import costs, coverage, items, pareto, quantiles
from lms.reports.document import Picture, Report, Section
from lms.reports.media_types import MEDIA_TYPES
from lms.reports.pilot.build import build
from lms.reports.pilot.operators import for_operators

CHARTS = 10
Result = TypeVar("Result")
FURTHER = {
    "bench-quantiles": quantiles.spec(
        [{"quantile": at, "before": at / 2, "after": 30 + at / 2} for at in (10, 25, 50, 75, 90)],
        axis="score", quantile="people", before="before", after="after",
    ),
    "bench-pareto": pareto.spec(
        [{"name": f"kind {n}", "value": n, "told": str(n)} for n in range(1, 6)], axis="requests", together="together"
    ),
    "bench-coverage": coverage.spec(
        [{"name": f"shift {n}", "before": 30.0, "after": 60.0, "told": ""} for n in range(4)], axis="covered"
    ),
    "bench-items": items.spec(
        [{"name": f"q{n}", "facility": n, "discrimination": 80 - n, "flagged": n > 90} for n in range(20, 99)],
        easy="facility", apart="discrimination",
    ),
    "bench-costs": costs.spec(
        [{"name": f"E{n}", "low": 40.0, "value": 64.0, "high": 90.0, "threshold": 70.0} for n in range(3)], axis="euros"
    ),
}  # fmt: skip
"""Charts that the demonstration has no data for, with figures made up."""


def main() -> None:
    told("floor: a process that draws one dot", floor)
    with tempfile.TemporaryDirectory() as folder:
        app = demonstration(Path(folder) / "plant")
        with app.app_context(), writing():
            found = queries.pilot(pilot.CODE)
            evaluation = actions.evaluate(found, now().date(), by=None, now=now())
            db.session.commit()
            report = told("the report in words", lambda: whole(build(found, evaluation, "fr")))
            drawn, before = Path(folder) / "drawn", memory()
            told(f"{len(report.pictures)} charts, drawn", lambda: drawing.pictures(report, drawn))
            told(f"{len(report.pictures)} charts, kept", lambda: drawing.pictures(report, drawn))
            pdf = told("print with these charts", lambda: drawing.pdf(report, drawn))
            print(f"  {pages(pdf)} pages, {len(pdf) // 1024} kB")
            drawing.pictures(build(found, evaluation, "fr"), drawn)
            for kind in MEDIA_TYPES:
                told(f"file: {kind}", partial(formats.written, found, evaluation, kind, drawn, "fr"))
            told("page for operators", lambda: drawing.pdf(for_operators(found, evaluation, "fr"), drawn))
            print(f"memory of this process: {before} MB before, {memory()} MB after")


def whole(report: Report) -> Report:
    """Return the report with as many charts as a pilot with every kind of data has."""
    lacking = CHARTS - len(report.pictures)
    further = tuple(Picture(name, spec, name, name) for name, spec in list(FURTHER.items())[:lacking])
    return replace(report, sections=(*report.sections, Section("bench", "Bench", further)))


def floor() -> None:
    spec = json.dumps({"dot": {"data": {"values": [{"x": 1}]}, "mark": "point"}})
    subprocess.run(
        [sys.executable, "-m", "lms.reports.draw", "svg"], input=spec.encode(), capture_output=True, check=True
    )


def told(what: str, act: Callable[[], Result]) -> Result:
    """Do something and print how long it took, its children included."""
    began, used = time.perf_counter(), processor()
    done = act()
    print(f"{what:40} {time.perf_counter() - began:6.2f} s ({processor() - used:5.2f} s)")
    return done


def processor() -> float:
    spent = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in spent)


def pages(pdf: bytes) -> int:
    import pypdf

    return len(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def memory() -> int:
    """Most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
