"""A report as one HTML file that needs nothing else: to send, to keep."""

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from lms.kernel.languages import direction, speaking
from lms.kernel.languages import gettext as _
from lms.reports.document import Report

ROOT = Path(__file__).resolve().parents[2]

_templates = Environment(
    loader=FileSystemLoader(ROOT / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def standalone(report: Report, pictures: dict[str, str]) -> str:
    """Return the report as one HTML page, its style and drawings inside."""
    with speaking(report.language):
        return _templates.get_template("reports/standalone.html").render(
            report=report,
            pictures=drawn(pictures),
            style=Markup((ROOT / "static/reports/report.css").read_text()),  # noqa: S704  (ours)
            page_direction=direction(report.language),
            _=_,
        )


def drawn(pictures: dict[str, str]) -> dict[str, Markup]:
    """Return drawings ready for a page: made from our own specifications, their texts escaped."""
    return {name: Markup(_hushed(svg)) for name, svg in pictures.items()}  # noqa: S704  (ours, see above)


def _hushed(svg: str) -> str:
    """Return a drawing without words of its own: it is said by the figure around it, once."""
    return _SAID.sub("", svg).replace("<svg ", '<svg aria-hidden="true" ', 1)


_SAID = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
