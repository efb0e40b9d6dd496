"""The fault runs at real kiosk pages. Each is a story: what happens to the kiosk while somebody answers."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from playwright.sync_api import Playwright, sync_playwright

from bench.faults.hands import Kiosk
from bench.faults.plant import Plant, Server, Wire, make_plant

EIGHT_HOURS = timedelta(hours=8)
HOUR_IN_MS = 3_600_000
LEAST_ANSWERS = 200


@dataclass
class Stage:
    """A plant, its server, the wire to it, and the kiosks that were opened."""

    plant: Plant
    server: Server
    wire: Wire
    playwright: Playwright
    kiosks: list[Kiosk] = field(default_factory=list)

    def kiosk(self, clock: float | None = None) -> Kiosk:
        """Open a kiosk, its clock so many milliseconds from the true one."""
        opened = Kiosk(self.playwright, self.plant, self.wire.address, len(self.kiosks))
        if clock is not None:
            opened.move_clock(clock)
        self.kiosks.append(opened)
        return opened


@dataclass(frozen=True)
class Count:
    """What a run came to."""

    given: int
    """Answers given by hand."""
    stored: int
    """Answers recorded on the server."""
    meanwhile: int
    """Answers that were taken while the fault was on."""
    recorded_there: int
    """Events that the kiosks' disks took in, as the kiosks count them."""
    received_here: int
    """Events of theirs on the server."""
    lost: int
    doubled: int
    aside: int
    note: str = ""

    @property
    def fine(self) -> bool:
        """Whether nothing was lost, doubled or put aside, of enough answers."""
        clean = not (self.lost or self.doubled or self.aside)
        return clean and self.given >= LEAST_ANSWERS and self.recorded_there == self.received_here


def run(story: Callable[[Stage], str | None], behind: timedelta = timedelta()) -> Count:
    """Let a story happen in a plant of its own, deliver what waits, and count."""
    with TemporaryDirectory() as folder, _stage(Path(folder), behind) as stage:
        note = story(stage)
        outboxes = [kiosk.deliver() for kiosk in stage.kiosks]
        return _count(stage, outboxes, note or "")


@contextmanager
def _stage(folder: Path, behind: timedelta) -> Iterator[Stage]:
    plant = make_plant(folder)
    server = Server(folder, behind)
    wire = Wire(server)
    try:
        with sync_playwright() as playwright:
            stage = Stage(plant, server, wire, playwright)
            yield stage
            for kiosk in stage.kiosks:
                kiosk.close()
                kiosk.forget()
    finally:
        wire.close()
        server.kill()


def _count(stage: Stage, outboxes: list[dict[str, object]], note: str) -> Count:
    with stage.plant.database as database:
        events = Counter(UUID(row[0]) for row in database.execute("SELECT id FROM kiosk_events"))
        aside = database.execute("SELECT count(*) FROM kiosk_events WHERE reason IS NOT NULL").fetchone()[0]
        answers = Counter(
            database.execute(
                "SELECT edition_id, block_key FROM learning_records WHERE verb LIKE '%answered' AND person_id = ?",
                (stage.plant.person_id,),
            )
        )
        from_there = database.execute(
            f"SELECT count(DISTINCT id) FROM kiosk_events WHERE outbox_id IN ({','.join('?' * len(outboxes))})",
            [str(one["id"]).replace("-", "") for one in outboxes],
        ).fetchone()[0]
    given: Counter[tuple[int, str]] = sum((kiosk.given for kiosk in stage.kiosks), Counter())
    accepted = Counter(where for kiosk in stage.kiosks for where in kiosk.accepted)
    kept = set().union(*(kiosk.kept for kiosk in stage.kiosks))
    unsaid = {where: number for where, number in accepted.items() if answers[where] < number}
    return Count(
        given=given.total(),
        stored=answers.total(),
        meanwhile=sum(kiosk.meanwhile for kiosk in stage.kiosks),
        recorded_there=sum(int(str(one["recorded"])) for one in outboxes),
        received_here=from_there,
        lost=max(len(kept - events.keys()), len(unsaid)),
        doubled=sum(max(0, number - given[where]) for where, number in answers.items())
        + sum(number - 1 for number in events.values()),
        aside=aside,
        note=note,
    )


def server_killed(stage: Stage) -> str:
    """The server is killed (-9) again and again while answers are given, and started again."""
    kiosk = stage.kiosk()
    kiosk.sign_in()
    kills = 0
    for edition in stage.plant.editions:
        kiosk.take(edition)
        for _ in range(2):
            kiosk.begin(10)
            kiosk.page.wait_for_timeout(60)
            stage.server.kill()
            kiosk.fault = True
            kills += 1
            kiosk.end()
            stage.server.start()
            kiosk.fault = False
        kiosk.answer(100)
    return f"{kills} kills"


def network_cut(stage: Stage) -> str:
    """The wire is cut in the middle of answers, without a word to anybody, and mended after many more."""
    kiosk = stage.kiosk()
    kiosk.sign_in()
    cuts = 0
    for number, edition in enumerate(stage.plant.editions):
        kiosk.take(edition)
        kiosk.answer(5)
        if number % 2 == 0:
            kiosk.begin(30)
            kiosk.page.wait_for_timeout(100)
            stage.wire.cut()
            kiosk.fault = True
            cuts += 1
            kiosk.end()
            stage.wire.mend()
            kiosk.fault = False
        kiosk.answer(100)
    return f"{cuts} cuts"


def reload_mid_answer(stage: Stage) -> str:
    """The page is loaded again in the moment in which an answer is confirmed."""
    kiosk = stage.kiosk()
    kiosk.sign_in()
    reloads = 0
    for edition in stage.plant.editions:
        kiosk.take(edition)
        while not kiosk.answer(3):
            kiosk.confirm()
            kiosk.page.reload(wait_until="commit")
            kiosk.page.locator("[data-act]:visible").first.wait_for()
            reloads += 1
    return f"{reloads} reloads"


def browser_killed(stage: Stage) -> str:
    """The browser is killed (-9) in the middle of answers, now and then with the wire cut, and started again."""
    kiosk = stage.kiosk()
    kiosk.page.goto("/kiosk/")
    kiosk.close()
    kiosk.open()
    kills = 0
    kiosk.sign_in()
    for number, edition in enumerate(stage.plant.editions):
        kiosk.take(edition)
        kiosk.answer(10)
        if number % 2:
            stage.wire.cut()
            kiosk.fault = True
            kiosk.answer(10)
        kiosk.begin(20)
        kiosk.page.wait_for_timeout(40)
        kiosk.kill()
        kills += 1
        stage.wire.mend()
        kiosk.fault = False
        kiosk.open()
        kiosk.sign_in()
        kiosk.take(edition)
        kiosk.answer(100)
    return f"{kills} kills"


def two_kiosks(stage: Stage) -> str:
    """The same person is signed in at two kiosks and answers the same modules at both at once."""
    kiosks = [stage.kiosk(), stage.kiosk()]
    for kiosk in kiosks:
        kiosk.sign_in()
        kiosk.fault = True
    for edition in stage.plant.editions[:3]:
        for kiosk in kiosks:
            kiosk.take(edition)
        for kiosk in kiosks:
            kiosk.begin(35)
        for kiosk in kiosks:
            kiosk.end()
    return "both"


def clock_wrong(stage: Stage) -> str:
    """The clocks of two kiosks stand two hours fast and two hours slow."""
    for wrong, editions in ((2, stage.plant.editions[:3]), (-2, stage.plant.editions[3:])):
        kiosk = stage.kiosk(wrong * HOUR_IN_MS)
        kiosk.sign_in()
        kiosk.fault = True
        for edition in editions:
            kiosk.take(edition)
            kiosk.answer(100)
    with stage.plant.database as database:
        times = database.execute("SELECT corrected_at, received_at, clock_doubtful FROM kiosk_events").fetchall()
    worst = max(abs(_moment(received) - _moment(corrected)) for corrected, received, _ in times)
    told = sum(doubtful for *_, doubtful in times)
    return f"corrected to {worst.total_seconds():.1f} s at worst, {told} of {len(times)} told as wrong"


def eight_hours(stage: Stage) -> str:
    """The server is away for eight hours by the clocks of both; then it is back."""
    began = datetime.now(UTC) - EIGHT_HOURS
    kiosk = stage.kiosk(-8 * HOUR_IN_MS)
    kiosk.sign_in()
    kiosk.hold()
    kiosk.take(stage.plant.editions[0])
    kiosk.answer(1)
    stage.server.kill()
    kiosk.fault = True
    for number, edition in enumerate(stage.plant.editions):
        kiosk.move_clock((1.5 * (number + 1) - 8) * HOUR_IN_MS)
        kiosk.take(edition)
        kiosk.answer(100)
    kiosk.move_clock(0)
    kiosk.fault = False
    ended = datetime.now(UTC)
    stage.server.start()
    kiosk.deliver()
    with stage.plant.database as database:
        times = [
            _moment(row[0])
            for row in database.execute("SELECT occurred_at FROM learning_records WHERE verb LIKE '%answered'")
        ]
    spread = (max(times) - min(times)).total_seconds() / 3600
    if not all(began <= moment <= ended for moment in times):
        raise SystemExit("an answer does not bear the time at which it was given")
    return f"recorded over {spread:.1f} hours"


def replies_lost(stage: Stage) -> str:
    """One reply to a delivery in five is lost after the server has kept what was delivered."""
    kiosk = stage.kiosk()
    kiosk.sign_in()
    stage.wire.loses_replies = True
    kiosk.fault = True
    for edition in stage.plant.editions:
        kiosk.take(edition)
        kiosk.answer(100)
    kiosk.deliver()
    stage.wire.loses_replies = False
    return f"{stage.wire.lost} replies lost"


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


RUNS: dict[str, tuple[Callable[[Stage], str], timedelta]] = {
    "server-killed": (server_killed, timedelta()),
    "network-cut": (network_cut, timedelta()),
    "reload": (reload_mid_answer, timedelta()),
    "browser-killed": (browser_killed, timedelta()),
    "two-kiosks": (two_kiosks, timedelta()),
    "clock": (clock_wrong, timedelta()),
    "eight-hours": (eight_hours, EIGHT_HOURS),
    "replies-lost": (replies_lost, timedelta()),
}
