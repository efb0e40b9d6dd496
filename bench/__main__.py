"""Run every measurement, or those named: `python -m bench [name …]`; exit status 1 when one is beyond its limits.

`python -m bench faults [fault …]` takes the names of faults.
"""

import importlib
import pkgutil
import sys
from pathlib import Path

NOT_MEASUREMENTS = {"__main__", "authoring", "coverage", "coverage_gains", "factory", "pictures", "wire"}


def main(names: list[str]) -> int:
    if names[:1] == ["faults"]:
        return int(importlib.import_module("bench.faults").main(names[1:]))
    known = sorted(found.name for found in pkgutil.iter_modules([str(Path(__file__).parent)]))
    known = [name for name in known if name not in NOT_MEASUREMENTS]
    unknown = sorted(set(names) - set(known))
    if unknown:
        print(f"no such measurement: {', '.join(unknown)}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    beyond = 0
    for name in names or known:
        print(f"\n== {name}", flush=True)
        beyond |= importlib.import_module(f"bench.{name}").main() or 0
    return beyond


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
