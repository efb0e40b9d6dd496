"""What a visit costs the server: milliseconds of a core for each thing that a kiosk asks, one after the other.

Unlike the times of `shift_change`, this is the same on a busy machine, nearly: it counts the
work of the server's threads, hashing included, whatever else runs beside them.

    python -m bench.visit
"""

import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import Any

from bench import wire
from bench.answers import _Plan, _prepare, _serve, busy_seconds, port_of
from bench.shift_change import PIN, Kiosk, _shift
from bench.wire import Steps

PEOPLE = 60
SETTLED = 0.003
"""Seconds after a reply in which the server's threads go back to rest."""


def main() -> int:
    spent: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _prepare(folder)
        answers = json.loads(_Plan(folder).work(1).read_text().splitlines()[0])
        kiosks, _ = _shift(folder)
        _, _, server = _serve(folder)
        try:
            badges = [(one["token"], badge) for one in kiosks for badge in one["badges"]][:PEOPLE]
            port = int(port_of(server))
            wire.run(port, [_visits(server, port, badges, spent)])
            wire.run(port, [_answers(server, Kiosk(port, {"terminal": answers["token"]}), answers["requests"], spent)])
        finally:
            server.terminate()
            server.wait(timeout=20)
    for what, costs in spent.items():
        print(f"{what:20} {median(costs):6.2f} ms of a core")
    signing_in = ("badge", "page for the secret", "secret", "home")
    print(f"{'a sign-in':20} {sum(median(spent[what]) for what in signing_in):6.2f} ms of a core")
    return 0


def _visits(
    server: subprocess.Popen[bytes], port: int, badges: list[tuple[str, str]], spent: dict[str, list[float]]
) -> Steps:
    for token, badge in badges:
        kiosk, place = Kiosk(port, {"terminal": token}), ""
        for what, method, path, form in (
            ("badge", "POST", "/kiosk/recognise", f"badge={badge}"),
            ("page for the secret", "GET", "/kiosk/pin", ""),
            ("secret", "POST", "/kiosk/pin", f"pin={PIN}"),
            ("home", "GET", "/kiosk/home", ""),
            ("module, where it is", "GET", "/kiosk/modules/module-0", ""),
            ("module, its page", "GET", "", ""),
            ("who is here", "GET", "/kiosk/myself?edition=1&language=fr", ""),
        ):
            before = busy_seconds(server)
            reply = yield from kiosk.ask(method, path or place, form)
            place = reply.location
            yield time.perf_counter() + SETTLED
            spent[what].append((busy_seconds(server) - before) * 1000)
            if reply.status not in (200, 302):
                raise ConnectionError(f"{path}: {reply.status}")


def _answers(server: subprocess.Popen[bytes], kiosk: Kiosk, requests: Any, spent: dict[str, list[float]]) -> Steps:
    for path, body, _ in requests[: 4 * PEOPLE]:
        before = busy_seconds(server)
        reply = yield from kiosk.ask("POST", path, body, "application/json")
        yield time.perf_counter() + SETTLED
        spent["answer"].append((busy_seconds(server) - before) * 1000)
        if reply.status != 200:
            raise ConnectionError(f"{path}: {reply.status}")


if __name__ == "__main__":
    sys.exit(main())
