"""What goes wrong at a kiosk, counted: answers given by hand, kept by the kiosk, recorded by the server.

Each run gives at least 200 answers at a real kiosk page in Chromium while something goes
wrong, delivers what waits and counts. Lost: an event that the kiosk's disk had, or an
answer that the page had taken, which is not on the server. Doubled: more records than
hands gave answers. Nothing may be lost, doubled or put aside.

Three more runs (`bench.faults.loads`) do without browsers: many kiosks deliver at once.

    python -m bench faults [server-killed | network-cut | reload | browser-killed | two-kiosks | clock |
                            eight-hours | replies-lost | killed-under-load | sent-twice | morning-after …]
"""

import sys
import time

from bench.faults.loads import LOADS
from bench.faults.runs import RUNS, run

HEAD = ("run", "given", "stored", "meanwhile", "kept there", "here", "lost", "doubled", "aside", "seconds")


def main(names: list[str] | None = None) -> int:
    """Run those named, or all; return 1 when anything was lost or doubled, 2 for a name that is none."""
    known = [*RUNS, *LOADS]
    unknown = sorted(set(names or ()) - set(known))
    if unknown:
        print(f"no such fault: {', '.join(unknown)}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    print(f"{HEAD[0]:18}" + "".join(f"{title:>11}" for title in HEAD[1:]))
    fine = [_run(name) for name in names or known]
    return int(not all(fine))


def _run(name: str) -> bool:
    began = time.monotonic()
    count = LOADS[name]() if name in LOADS else run(*RUNS[name])
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
