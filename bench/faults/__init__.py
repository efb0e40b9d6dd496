"""What goes wrong at a kiosk, counted: answers given by hand, kept by the kiosk, recorded by the server.

Each run gives at least 200 answers at a real kiosk page in Chromium while something goes
wrong, delivers what waits and counts. Lost: an event that the kiosk's disk had, or an
answer that the page had taken, which is not on the server. Doubled: more records than
hands gave answers. Nothing may be lost, doubled or put aside.

Four more do without browsers: many kiosks deliver at once (`bench.faults.loads`), or two
deliver in any disorder (`bench.faults.disorder`). They have the sizes of the reliability
reference, section 6, or a share of them, and run on SQLite or on a real PostgreSQL server.

    python -m bench faults [--size 0.1] [--postgresql] [server-killed | network-cut | reload | browser-killed |
                            two-kiosks | clock | eight-hours | replies-lost | killed-under-load | sent-twice |
                            morning-after | disorder …]
"""

import argparse
import time
from collections.abc import Sequence

from bench.faults.disorder import in_disorder
from bench.faults.loads import LOADS
from bench.faults.plant import a_store
from bench.faults.runs import RUNS, Count, run

HEAD = ("run", "given", "stored", "meanwhile", "kept there", "here", "lost", "doubled", "aside", "seconds")
SIZED = {**LOADS, "disorder": in_disorder}


def main(words: Sequence[str] = ()) -> int:
    """Run those named, or all; return 1 when anything was lost or doubled, 2 for a name that is none."""
    known = [*RUNS, *SIZED]
    parser = argparse.ArgumentParser(prog="python -m bench faults")
    parser.add_argument("names", nargs="*", choices=[*known, []], metavar="name", help=", ".join(known))
    parser.add_argument("--size", type=float, default=1.0, help="of those without browsers: a share of the whole")
    parser.add_argument("--postgresql", action="store_true", help="those without browsers on a PostgreSQL server")
    asked = parser.parse_args(words)
    print(f"{HEAD[0]:18}" + "".join(f"{title:>11}" for title in HEAD[1:]))
    fine = [_run(name, asked.size, asked.postgresql) for name in asked.names or known]
    return int(not all(fine))


def _run(name: str, size: float, postgresql: bool) -> bool:
    began = time.monotonic()
    count = _sized(name, size, postgresql) if name in SIZED else run(*RUNS[name])
    spent = time.monotonic() - began
    figures = (
        count.given,
        count.stored,
        count.meanwhile,
        count.recorded_there,
        count.received_here,
        count.lost,
        count.doubled,
        count.aside,
    )
    print(f"{name:18}" + "".join(f"{figure:11,}" for figure in figures) + f"{spent:11.0f}  {count.note}", flush=True)
    return count.fine


def _sized(name: str, size: float, postgresql: bool) -> Count:
    with a_store(postgresql=postgresql) as store:
        return SIZED[name](store, size)
