"""Who may hold their post: its tasks, the posts it requires, what plans ask for it."""

from datetime import date, timedelta

import pytest

from lms.kernel.database import db
from lms.people import actions as people
from lms.people import plant
from lms.people.models import Person
from lms.plans.actions import make_plan, require_post
from lms.plans.rules import Reason
from lms.proof import actions as proof
from lms.proof import posts as licences
from lms.proof.actions import Gift, KindEntry
from lms.proof.rules import Act, Basis, State
from lms.reports.leading import leading
from lms.skills.readiness import Readiness, readiness
from lms.skills.rules import Level
from tests.skills.shop import DAY, NOW, Shop


@pytest.fixture
def shop(session: object) -> Shop:
    made = Shop()
    for person_id in (made.amina, made.bruno):
        _holds(person_id, made.post)
    return made


def _holds(person_id: int, post: int) -> None:
    person = db.session.get(Person, person_id)
    entry = people.Entry(person.registration, person.given_name, person.family_name, workstation_id=post)
    people.change_person(person_id, entry, by=None, now=NOW)


def told(shop: Shop) -> dict[int, Readiness]:
    found = readiness([shop.amina, shop.bruno, shop.chloe], DAY, NOW)
    return {one.person_id: one for one in found}


def test_ready_is_whoever_masters_every_task_of_the_post(shop: Shop) -> None:
    for task in (shop.ink, shop.lock, shop.pack):
        shop.state(shop.amina, task, Level.AUTONOMOUS)
    shop.state(shop.bruno, shop.ink, Level.ACCOMPANIED)
    found = told(shop)
    assert found.keys() == {shop.amina, shop.bruno}  # Chloé holds no post
    assert found[shop.amina].is_ready
    assert [task.code for task in found[shop.bruno].tasks] == ["ink", "lock", "pack"]


def test_what_the_law_requires_keeps_from_the_post_once_it_is_due(shop: Shop) -> None:
    for task in (shop.ink, shop.lock, shop.pack):
        shop.state(shop.amina, task, Level.TEACHING)
    terms = {"recommendation_id": None, "module_id": shop.module_id, "assigned_on": DAY, "now": NOW}
    law = {"reason": Reason.LEGAL, "basis": "R4323-55", "workstation_ids": [shop.post]}
    make_plan("P1", due_on=DAY + timedelta(days=8), **law, **terms)
    make_plan("P2", due_on=DAY, person_ids=[shop.amina], **terms)  # for another reason
    assert told(shop)[shop.amina].is_ready
    make_plan("P3", due_on=DAY + timedelta(days=7), **law, **terms)
    assert [given.plan_code for given in told(shop)[shop.amina].modules] == ["P3"]
    shop.completes(shop.amina)
    assert told(shop)[shop.amina].is_ready


def test_a_post_that_is_required_counts_with_those_it_requires(shop: Shop) -> None:
    workshop = plant.add_workshop(plant.add_site("S2", "Site"), "W2", "Workshop")
    first, second = (plant.add_workstation(workshop, code, code) for code in ("first", "second"))
    require_post(second, first)
    require_post(first, shop.post)
    _holds(shop.amina, second)
    assert told(shop)[shop.amina].posts == [shop.post]  # the first has no task of its own
    for task in (shop.ink, shop.lock, shop.pack):
        shop.state(shop.amina, task, Level.AUTONOMOUS)
    assert told(shop)[shop.amina].is_ready


def test_a_post_asks_for_habilitations_in_force_that_day(shop: Shop) -> None:
    for person in (shop.amina, shop.bruno):
        for task in (shop.ink, shop.lock, shop.pack):
            shop.state(person, task, Level.AUTONOMOUS)
    proof.add_kind("caces", KindEntry({"fr": "CACES", "en": "Lift truck"}, 12, 60), NOW)
    licences.ask(shop.post, "caces")
    licences.ask(shop.post, "caces")
    gift = Gift(shop.amina, "caces", DAY - timedelta(days=355), Basis.CERTIFICATE, issuer="AFTRAL", paper=b"%PDF-1.7")
    given = proof.give(gift, by=None, now=NOW)

    def lacking(day: date) -> dict[int, list[State | None]]:
        found = readiness([shop.amina, shop.bruno], day, NOW)
        return {one.person_id: [lacks.held and lacks.held.state for lacks in one.habilitations] for one in found}

    assert lacking(given.valid_until) == {shop.amina: [], shop.bruno: [None]}
    assert lacking(given.valid_until + timedelta(days=1))[shop.amina] == [State.EXPIRED]
    assert not told(shop)[shop.bruno].is_ready
    waits = leading(shop.lea, [shop.teams["day"]], NOW)
    assert [one.person_id for one in waits.not_ready] == [shop.bruno]
    assert [(one.person_id, one.for_post) for one in waits.expiring] == [(shop.amina, True)]
    proof.act(given.id, Act.SUSPENDED, DAY, "Near miss", by=None, now=NOW)
    assert lacking(DAY)[shop.amina] == [State.SUSPENDED]
    licences.ask_no_longer(shop.post, "caces")
    assert told(shop)[shop.bruno].is_ready
