"""Jobs are done once, followed, refused in words, and survive whoever did them."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.kernel.clock import hold, now
from lms.kernel.database import db, writing
from lms.kernel.jobs import actions, kinds, working
from lms.kernel.jobs.kinds import Asked, Kind, Report
from lms.kernel.jobs.models import Job, State
from lms.kernel.jobs.rules import MOST_IN_VAIN
from lms.kernel.languages import speaking
from lms.kernel.refusals import Forbidden
from lms.people.models import Site

ROOT = Path(__file__).resolve().parents[3]
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = NOON + actions.SILENCE + timedelta(seconds=1)


@pytest.fixture(autouse=True)
def only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "KINDS", {})
    monkeypatch.setattr(actions, "KINDS", kinds.KINDS)
    monkeypatch.setattr(working, "KINDS", kinds.KINDS)


def kind(work: Callable[[Asked, Report], Any] = lambda asked, report: asked.arguments["site"], **more: Any) -> None:
    kinds.register(Kind("build", work, more.pop("keep", build), **more))


def build(code: str) -> dict[str, Any]:
    db.session.add(Site(code=code, name=code))
    return {"site": code}


def ask(site: str = "north", *, language: str = "en") -> UUID:
    with writing(), speaking(language):
        job = actions.ask("build", site, {"site": site}, by=7, now=now())
        db.session.commit()
        return job.id


def look(job_id: UUID) -> Job:
    db.session.rollback()
    db.session.expire_all()
    return actions.find(job_id)


@pytest.fixture
def at_work(each_database: Flask) -> Iterator[Flask]:
    with each_database.app_context(), hold(NOON):
        yield each_database


@pytest.fixture
def here(app: Flask) -> Iterator[Flask]:
    with app.app_context(), hold(NOON):
        yield app


def test_a_job_is_done_and_what_it_found_is_kept_with_it(at_work: Flask) -> None:
    kind()
    first, second = ask("north"), ask("south")
    assert ask("north") == first
    assert look(first).state is State.WAITING
    assert working.work_off() == 2
    job = look(first)
    assert (job.state, job.result, job.asked_by, job.open) == (State.DONE, {"site": "north"}, 7, False)
    assert look(second).result == {"site": "south"}
    assert set(db.session.scalars(select(Site.code))) == {"north", "south"}
    assert ask("north") != first
    assert actions.newest("build", "north").state is State.WAITING


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("language", "words"), [("en", "You may not do this."), ("fr", "Vous n’avez pas ce droit")])
def test_a_refusal_is_told_in_the_language_of_whoever_asked(language: str, words: str) -> None:
    def refuse(asked: Asked, report: Report) -> None:
        raise Forbidden()

    kind(refuse)
    job_id = ask(language=language)
    working.work_off()
    job = look(job_id)
    assert job.state is State.REFUSED
    assert job.message.startswith(words)
    with writing():
        again = actions.ask_again(job, by=8, now=now())
        assert (again.id != job.id, again.arguments, again.asked_by) == (True, {"site": "north"}, 8)


@pytest.mark.usefixtures("here")
def test_what_breaks_keeps_nothing_and_stops_nobody() -> None:
    def keep(code: str) -> dict[str, Any]:
        told = build(code)
        db.session.flush()
        if code == "north":
            raise LookupError(code)
        return told

    kind(keep=keep)
    broken, whole = ask("north"), ask("south")
    working.work_off()
    assert "on our side" in look(broken).message
    assert look(whole).state is State.DONE
    assert list(db.session.scalars(select(Site.code))) == ["south"]


def test_progress_is_written_while_it_goes_on(here: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "BEAT", 0.01)
    seen: list[tuple[int, int]] = []

    def work(asked: Asked, report: Report) -> str:
        report(3, 8)
        while not seen:
            time.sleep(0.01)
            job = look(job_id)
            seen.extend([(job.done, job.whole)] if job.done else [])
        return "north"

    kind(work)
    job_id = ask()
    working.work_off()
    assert seen == [(3, 8)]


@pytest.mark.usefixtures("here")
def test_work_that_is_saved_part_by_part_goes_on_where_it_was_and_tells_whoever_sees_it_through() -> None:
    taken, told = list[int](), list[tuple[int, int]]()

    def work(asked: Asked, report: Report) -> str:
        for part in range((asked.reached or {"part": 0})["part"], 4):
            taken.append(part)
            with writing():
                db.session.add(Site(code=str(part), name="x"))
                if taken == [0, 1, 2]:
                    raise KeyboardInterrupt
                asked.save({"part": part + 1})
            report(part + 1, 4)
        return "north"

    kind(work)
    job_id = ask()
    with pytest.raises(KeyboardInterrupt):
        working.work_off()
    db.session.rollback()
    left_behind(job_id)
    with hold(LATER):
        assert working.see_through(job_id, lambda done, whole: told.append((done, whole))).state is State.DONE
    assert (taken, told) == ([0, 1, 2, 2, 3], [(3, 4), (4, 4)])
    assert sorted(db.session.scalars(select(Site.code))) == ["0", "1", "2", "3", "north"]


@pytest.mark.usefixtures("here")
def test_work_that_breaks_after_a_part_was_saved_does_not_say_that_nothing_was_kept() -> None:
    def work(asked: Asked, report: Report) -> str:
        with writing():
            asked.save({"part": 1})
        raise ValueError

    kind(work)
    job_id = ask()
    working.work_off()
    assert "stays done" in look(job_id).message


def left_behind(job_id: UUID, attempts: int = 1) -> None:
    """Leave a job as someone leaves it who is gone."""
    with writing():
        job = actions.find(job_id)
        job.state, job.attempts, job.beat_at = State.RUNNING, attempts, NOON
        db.session.commit()


@pytest.mark.usefixtures("here")
def test_what_someone_left_behind_is_taken_up_after_a_silence() -> None:
    kind()
    job_id = ask()
    left_behind(job_id)
    assert working.work_off() == 0
    with hold(LATER):
        assert actions.something_waits(now())
        assert working.work_off() == 1
    assert look(job_id).attempts == 2


@pytest.mark.usefixtures("here")
def test_what_stops_everyone_is_given_up() -> None:
    kind()
    job_id = ask()
    left_behind(job_id, MOST_IN_VAIN)
    with hold(LATER):
        working.work_off()
    assert "stopped three times" in look(job_id).message


@pytest.mark.usefixtures("here")
def test_who_gets_further_each_time_is_not_given_up() -> None:
    """By steps told, then by parts saved, then by neither."""

    def told(steps: int) -> Callable[[Asked], None]:
        def tell(asked: Asked) -> None:
            with writing():
                actions.find(job_id).done = steps
                db.session.commit()

        return tell

    def saved(asked: Asked) -> None:
        with writing():
            asked.save({"part": (asked.reached or {"part": 0})["part"] + 1})

    ways = iter([told(4), told(5), *[saved] * 3, *[told(5)] * 3])

    def work(asked: Asked, report: Report) -> None:
        next(ways)(asked)
        raise KeyboardInterrupt

    kind(work)
    job_id = ask()
    for attempt in range(1, 9):
        with hold(NOON + attempt * (LATER - NOON)), pytest.raises(KeyboardInterrupt):
            working.work_off()
        assert look(job_id).attempts == attempt
    with hold(NOON + 9 * (LATER - NOON)):
        assert working.work_off() == 0
    job = look(job_id)
    assert (job.state, job.reached, job.furthest) == (State.REFUSED, {"part": 3}, 5)
    assert "without getting any further" in job.message


def test_who_was_thought_gone_keeps_nothing(here: Flask) -> None:
    def work(asked: Asked, report: Report) -> str:
        # Meanwhile another took it up.
        other = threading.Thread(target=take_up)
        other.start()
        other.join()
        return "north"

    def take_up() -> None:
        with here.app_context(), writing():
            actions.find(job_id).attempts += 1
            db.session.commit()

    kind(work)
    job_id = ask()
    working._do(working._claim())
    assert look(job_id).state is State.RUNNING
    assert db.session.scalar(select(func.count(Site.id))) == 0


@pytest.mark.usefixtures("here")
def test_old_jobs_are_forgotten() -> None:
    kind()
    old = ask()
    working.work_off()
    with hold(NOON + actions.KEPT + timedelta(days=1)):
        new = ask("south")
        working.work_off()
    db.session.rollback()
    assert list(db.session.scalars(select(Job.id))) == [new]
    assert old != new


def test_who_does_the_jobs_asks_first_for_what_is_due(at_work: Flask) -> None:
    kind(due=lambda moment: [("north", {"site": "north"})])
    assert working.ask_and_work_off() == 1
    assert list(db.session.scalars(select(Site.code))) == ["north"]


@pytest.mark.usefixtures("here")
def test_the_house_asks_for_what_is_due() -> None:
    kind(due=lambda moment: [("north", {"site": "north"})] if moment >= NOON else [])
    with writing():
        assert actions.ask_what_is_due(NOON - timedelta(days=1)) == 0
        assert actions.ask_what_is_due(NOON) == 1
        assert actions.ask_what_is_due(NOON + timedelta(minutes=1)) == 0
        db.session.commit()
    working.work_off()
    assert actions.newest("build", "north").asked_by is None


@pytest.mark.usefixtures("here")
def test_what_came_to_nothing_is_not_asked_for_again_at_once() -> None:
    def refuse(asked: Asked, report: Report) -> None:
        raise Forbidden()

    kind(refuse, due=lambda moment: [("north", {"site": "north"})])
    with writing():
        actions.ask_what_is_due(NOON)
        db.session.commit()
    working.work_off()
    with writing():
        assert actions.ask_what_is_due(NOON + timedelta(minutes=59)) == 0
        assert actions.ask_what_is_due(NOON + timedelta(hours=1)) == 1


KILLED = """
import sys, time
from lms.application import create_app
from lms.kernel.jobs import kinds, working
app = create_app({"INSTANCE_DIR": __import__("pathlib").Path(sys.argv[1]), "SECRET_KEY": "test", "DATABASE_URL": ""})
kinds.register(kinds.Kind("build", lambda asked, report: time.sleep(600), dict))
with app.app_context():
    working.work_off()
"""


def test_a_job_survives_the_death_of_its_worker(app: Flask) -> None:
    kind()
    with app.app_context():
        job_id = ask()
        command = [sys.executable, "-c", KILLED, str(app.config["INSTANCE_DIR"])]
        with subprocess.Popen(command, cwd=ROOT) as worker:
            while look(job_id).state is State.WAITING:
                assert worker.poll() is None
                time.sleep(0.05)
            worker.kill()
        assert working.work_off() == 0
        with hold(now() + actions.SILENCE + timedelta(seconds=1)):
            assert working.work_off() == 1
        job = look(job_id)
        assert (job.state, job.attempts, job.result) == (State.DONE, 2, {"site": "north"})


def test_what_was_cancelled_is_not_kept(at_work: Flask) -> None:
    def work(asked: Asked, report: Report) -> str:
        with writing():
            actions.cancel(actions.find(wanted[0]), "No longer.", now=now())
            db.session.commit()
        return "north"

    kind(work)
    wanted = [ask()]
    working.work_off()
    job = look(wanted[0])
    assert (job.state, job.message, job.result) == (State.REFUSED, "No longer.", None)
    assert db.session.scalar(select(func.count()).select_from(Site)) == 0
    assert not actions.cancel(job, "Again.", now=now())


def test_who_works_on_what_was_cancelled_stops_at_the_next_step(here: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "BEAT", 0.01)
    monkeypatch.setattr(working, "AT_LEAST", timedelta(0))
    reached: list[int] = []

    def work(asked: Asked, report: Report) -> str:
        for step in range(10_000):
            report(step, 10_000)
            reached.append(step)
            if step == 1:
                with writing():
                    actions.cancel(actions.find(wanted[0]), "No longer.", now=now())
                    db.session.commit()
                db.session.rollback()
            time.sleep(0.01)
        return "north"

    kind(work)
    wanted = [ask()]
    working.work_off()
    assert 1 < len(reached) < 10_000
    assert look(wanted[0]).message == "No longer."
