"""Whoever is erased is erased from what others wrote too: names by themselves, the rest by a person who reads it."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from lms.kernel.database import db, writing
from lms.kernel.purging import PurgePermit
from lms.people import actions as people
from lms.people import plant
from lms.people.models import Person
from lms.privacy import actions, files, others_words, rules
from lms.privacy.models import Purge, Request, RequestKind
from lms.skills import actions as skills
from lms.skills import contesting
from lms.skills.models import LevelChange
from lms.skills.rules import Level
from tests.delivery.house import DAY, words
from tests.people.making import NOW, TODAY, a_person


def lowered(task: int, person: int, reason: str, by: int) -> int:
    then = TODAY - timedelta(days=9)
    skills.state_level(person, task, Level.AUTONOMOUS, then, source="matrix", signed_by=None, now=NOW)
    skills.lower(person, task, reason, by, NOW)
    return db.session.scalars(
        select(LevelChange.id).where(LevelChange.person_id == person, LevelChange.reason != "")
    ).one()


def test_names_go_by_themselves_and_words_when_somebody_says_so(each_database: Flask) -> None:
    with each_database.app_context(), writing():
        workshop = plant.add_workshop(plant.add_site("ink", "ink"), "ink", "ink")
        entry = skills.TaskEntry(words("ink"), plant.add_workstation(workshop, "ink", "ink"))
        task = skills.add_task("ink", entry, DAY).id
        amina, other = a_person("R-12", "Amina Roy"), a_person("R-13", "Bruno Roy")
        trainer = a_person("T9", "Tom Train")
        told = lowered(task, amina, "AMINA (R-12) revient de congé ; Roye, R-123", trainer)
        contest = contesting.contest(amina, "J’y étais", NOW, level_change_id=told)
        contesting.answer(contest.id, "Madame Roy a raison", other, NOW)
        beside = lowered(task, other, "Avec Amina Roy ; M. Roy seul ensuite", trainer)
        actions.ask(other, RequestKind.CORRECTION, "Mon nom est Roy", by=other, now=NOW)
        assert files.everything(amina)["contest_answers"][0]["words"] == "Madame Roy a raison", "one's copy has it"
        with pytest.raises(rules.NotErased):
            others_words.empty(amina, [], by=None, now=NOW)
        people.leave(amina, TODAY - timedelta(days=1), None, NOW, TODAY)
        actions.erase(amina, now=NOW)
        db.session.commit()
        found = {one.table: one for one in others_words.written(amina)}
        number = f"#{amina}"
        assert {table: one.words for table, one in found.items()} == {
            "level_changes": f"{number} ({number}) revient de congé ; Roye, R-123",
            "contests": "J’y étais",
            "contest_answers": f"Madame {number} a raison",
        }
        assert db.session.get(LevelChange, beside).reason == f"Avec {number} ; M. Roy seul ensuite"
        assert db.session.scalars(select(Request.words)).one() == "Mon nom est Roy"
        places = [found["contests"].place, found["level_changes"].place, f"level_changes.reason.{beside}"]
        assert others_words.empty(amina, places, by=None, now=NOW) == 2, "what is about others is left alone"
        db.session.commit()
        assert [one.table for one in others_words.written(amina)] == ["contest_answers"]
        assert db.session.scalars(select(Purge.counts)).one() == {"contests.words": 1, "level_changes.reason": 1}
        assert not db.session.scalars(select(PurgePermit)).all()
        # The permit lets words through, and nothing else; without it they stay.
        for permit, change in (
            ("words level_changes", "UPDATE level_changes SET person_id = 3"),
            ("words level_changes", "DELETE FROM level_changes"),
            ("level_changes", "UPDATE level_changes SET reason = 'x'"),
        ):
            db.session.add(PurgePermit(table_name=permit, before=NOW))
            db.session.flush()
            with pytest.raises(DatabaseError, match="append-only"):
                db.session.execute(text(change))
            db.session.rollback()


@pytest.mark.parametrize(
    ("name", "said", "left"),
    [
        ("Élodie Lefèvre", "Ni ÉLODIE LEFÈVRE ni lefevre Elodie ; Élodie, Lefèvres", "Ni {} ni {} ; Élodie, Lefèvres"),
        ("JEAN-NOEL D'ILE", "Jean Noël d’Île, Jean-Noëlle d’Île", "{}, Jean-Noëlle d’Île"),
        ("Zoé Éa", "E\u0301a ZOE\u0301 ; Léa Zoé", "{} ; Léa Zoé"),
        ("أمينة بنعلي", "مع أمينة بنعلي هنا", "مع {} هنا"),
    ],
)
def test_a_name_is_found_however_it_is_written(each_database: Flask, name: str, said: str, left: str) -> None:
    with each_database.app_context(), writing():
        person = a_person("R-12", name)
        actions.ask(a_person("R-13"), RequestKind.CORRECTION, said, by=None, now=NOW)
        others_words.take_names_out(db.session.get_one(Person, person), NOW)
        assert db.session.scalars(select(Request.words)).one() == left.replace("{}", f"#{person}")
