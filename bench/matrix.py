"""The skills matrix of 500 people and 60 tasks: how soon it stands in a slow browser, and whether it scrolls smoothly.

A real server on SQLite and a real Chromium whose processor is slowed to a quarter (CDP,
`Emulation.setCPUThrottlingRate`). *Opens* runs from the click to the second frame after `load`, the
server's time included, which is not slowed but shares the machine: the least of the rounds stands beside
the median, since other work on the machine only adds. *Page works* is the time that the page's main thread
takes of a processor that is not slowed (CDP, `Performance`, thread ticks): other work does not change it much.
*Scrolls* moves the matrix by 120 pixels a frame and takes the time from frame to frame.

    python -m bench matrix
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from random import Random
from statistics import median, quantiles

from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import insert

from bench.answers import KEY, _prepare
from bench.faults.plant import Server
from lms.application import create_app
from lms.kernel import sessions
from lms.kernel.database import db, writing
from lms.people import plant
from lms.people.models import Person, Team, TeamMembership
from lms.people.permissions import Role
from lms.people.proofs import personal_code
from lms.skills import actions
from lms.skills.models import LevelChange
from lms.skills.rules import Kind, Level
from tests.browsing import ARGUMENTS, CHROMIUM
from tests.people.making import a_colleague

PEOPLE, POSTS, TASKS = 500, 12, 60
SLOWER, ROUNDS = 4, 7
MOST_OPEN_MS, MOST_FRAME_MS = 1000, 50
"""A frame of more than 50 ms is a stutter (Web performance: a long task)."""
TOKEN = "session-of-the-bench"
OPENED = """() => new Promise(done => {
  const drawn = () => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
  document.readyState === "complete" ? drawn() : addEventListener("load", drawn);
})"""
SCROLLED = """([across]) => new Promise(done => {
  const frame = document.querySelector(".skills"), times = [];
  let last = performance.now();
  const step = now => {
    times.push(now - last);
    last = now;
    const before = across ? frame.scrollLeft : frame.scrollTop;
    across ? frame.scrollLeft += 120 : frame.scrollTop += 120;
    const after = across ? frame.scrollLeft : frame.scrollTop;
    after === before ? done(times.slice(2)) : requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})"""


def main() -> int:
    if CHROMIUM is None:
        print("no Chromium on this machine")
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _prepare(folder)
        _furnish(folder)
        server = Server(folder)
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
                return _measure(browser, f"http://127.0.0.1:{server.port}")
        finally:
            server.kill()


def _measure(browser: Browser, address: str) -> int:
    with _page(browser, address) as page:
        times = [_opened(page) for _ in range(ROUNDS)][1:]
        sent = page.evaluate("performance.getEntriesByType('navigation')[0].toJSON()")
        cells = page.locator(".skills tbody td").count()
        print(f"{cells} cells, {sent['decodedBodySize'] / 1000:.0f} KB of page")
        print(f"server answers       {sent['responseStart'] - sent['requestStart']:6.0f} ms")
        told = f"least {min(times):.0f}   under {MOST_OPEN_MS} ms at 1/{SLOWER}"
        print(f"opens                {median(times):6.0f} ms   {told}")
    print(f"page works           {_works(browser, address):6.0f} ms   at full speed")
    with _page(browser, address) as page:
        _opened(page)
        worst = max(_scrolls(page, "down", False), _scrolls(page, "across", True))
    return int(min(times) > MOST_OPEN_MS or worst > MOST_FRAME_MS)


def _scrolls(page: Page, which: str, across: bool) -> float:
    frames = page.evaluate(SCROLLED, [across])
    p95 = quantiles(frames, n=20)[-1] if len(frames) > 1 else frames[0]
    print(
        f"scrolls {which:<12} {median(frames):6.1f} ms a frame   p95 {p95:.1f}   longest {max(frames):.1f}"
        f"   {len(frames)} frames   p95 under {MOST_FRAME_MS} ms"
    )
    return p95


def _opened(page: Page) -> float:
    page.goto("/teams/skills/", wait_until="commit")
    return float(page.evaluate(OPENED))


def _works(browser: Browser, address: str) -> float:
    """Return the least milliseconds of processor that the main thread of a page took, in milliseconds."""
    taken = []
    for _ in range(ROUNDS):
        with _page(browser, address, slower=1) as page:
            wire = page.context.new_cdp_session(page)
            wire.send("Performance.enable", {"timeDomain": "threadTicks"})
            _opened(page)
            told = {one["name"]: one["value"] for one in wire.send("Performance.getMetrics")["metrics"]}
            taken.append(told["TaskDuration"] * 1000)
    return min(taken)


@contextmanager
def _page(browser: Browser, address: str, slower: int = SLOWER) -> Iterator[Page]:
    with browser.new_context(locale="fr-FR", base_url=address, viewport={"width": 1366, "height": 768}) as context:
        context.add_cookies([{"name": "sid", "value": TOKEN, "url": address}])
        page = context.new_page()
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
        yield page


def _furnish(folder: Path) -> None:
    """Enter 500 people in ten teams, and a level or none for each on each of 60 tasks."""
    app = create_app({"INSTANCE_DIR": folder, "SECRET_KEY": KEY, "DATABASE_URL": ""})
    now = datetime.now(UTC)
    with app.app_context(), writing():
        teams, tasks = _plant(now)
        for number in range(PEOPLE):
            db.session.add(_person(number, teams[number % len(teams)], now))
        db.session.flush()
        people = [number for (number,) in db.session.query(Person.id).order_by(Person.id)]
        db.session.execute(insert(LevelChange), list(_changes(people, tasks, now)))
        hr = a_colleague(Role.HR)
        sessions.begin(TOKEN, "staff", hr, {"_user_id": str(hr), "_fresh": True}, now)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


def _plant(now: datetime) -> tuple[list[Team], list[int]]:
    workshop = plant.add_workshop(plant.add_site("S", "Site"), "W", "Atelier")
    shifts = [
        plant.add_shift(code, name, clock(start), clock((start + 8) % 24))
        for code, name, start in (("am", "Matin", 5), ("pm", "Après-midi", 13), ("nuit", "Nuit", 21))
    ]
    teams = [plant.add_team(f"T{number}", f"Équipe {number}", workshop, shifts[number % 3]) for number in range(10)]
    posts = [plant.add_workstation(workshop, f"P{number}", f"Poste {number}") for number in range(POSTS)]
    tasks = [
        actions.add_task(
            f"t{number}", actions.TaskEntry({"fr": f"Tâche {number} du poste"}, posts[number % POSTS]), now
        )
        for number in range(TASKS)
    ]
    return [db.session.get_one(Team, team) for team in teams], [task.id for task in tasks]


def _person(number: int, team: Team, now: datetime) -> Person:
    person = Person(
        registration=f"M{number:05}",
        personal_code=personal_code(10_000 + number),
        given_name=f"Prénom{number}",
        family_name=f"Nom{number}",
        created_at=now,
    )
    person.memberships = [TeamMembership(team=team, joined_on=date(2024, 1, 1))]
    return person


def _changes(people: list[int], tasks: list[int], now: datetime) -> Iterator[dict[str, object]]:
    random = Random(1)  # noqa: S311
    for person in people:
        for task in tasks:
            level = random.choice(list(Level))
            if level is not Level.NONE:
                yield {
                    "person_id": person,
                    "task_id": task,
                    "before": Level.NONE,
                    "after": level,
                    "on": now.date() - timedelta(days=random.randrange(400)),
                    "kind": Kind.STATED,
                    "source": "bench",
                    "reason": "",
                    "recorded_at": now,
                }
