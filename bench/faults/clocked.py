"""The server with its clock behind: `python bench/faults/clocked.py PORT SECONDS`.

Eight hours without the server are not waited for: the server that signs somebody in lives
eight hours ago, and the one that takes what they did lives now.
"""

import sys
from datetime import datetime, timedelta, tzinfo
from typing import Self

from lms.application import create_app
from lms.cli.server import run
from lms.kernel import clock


def main(port: int, behind: timedelta) -> None:
    class Behind(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return super().now(tz) - behind

    clock.datetime = Behind  # type: ignore[misc]
    run(create_app(), "127.0.0.1", port)


if __name__ == "__main__":
    main(int(sys.argv[1]), timedelta(seconds=float(sys.argv[2])))
