"""Run every measurement, or those named: `python -m bench [name …]`."""

import importlib
import pkgutil
import sys
from pathlib import Path

NOT_MEASUREMENTS = {"__main__", "coverage", "coverage_gains", "pictures"}


def main(names: list[str]) -> int:
    known = sorted(found.name for found in pkgutil.iter_modules([str(Path(__file__).parent)]))
    known = [name for name in known if name not in NOT_MEASUREMENTS]
    unknown = sorted(set(names) - set(known))
    if unknown:
        print(f"no such measurement: {', '.join(unknown)}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    for name in names or known:
        print(f"\n== {name}", flush=True)
        importlib.import_module(f"bench.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
