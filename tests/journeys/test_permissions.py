"""What each role may see of people, on every page and in every file there is.

The demonstration is marked: every operator bears a name, every answer words and every score a
number that occur nowhere else. Each role opens all that its permissions open, and nothing
marked is seen where its purpose does not ask for it. What named somebody left a trace.
"""

import io
import re
import shutil
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pypdf
import pytest
from flask import Flask, url_for
from sqlalchemy import select, text
from werkzeug.routing import AnyConverter, Rule
from werkzeug.test import TestResponse

from lms.application import create_app
from lms.delivery import actions as kiosks
from lms.demonstration import story
from lms.demonstration.visitors import STAFF
from lms.kernel import sessions
from lms.kernel.clock import now
from lms.kernel.database import db, writing
from lms.people.models import Person, RoleGrant, TeamMembership
from lms.people.permissions import Role, permissions_of
from lms.people.privacy import numbers
from lms.people.privacy.models import Look, LookedAt, ProgramLook
from lms.people.scim.rules import USER
from lms.people.tokens import actions as tokens
from lms.people.tokens.models import Token
from lms.people.tokens.rules import TokenRoleRefused
from lms.web.shared.sessions import KIOSK as AT_A_KIOSK
from lms.web.shared.sessions import STAFF as AT_A_DESK
from tests.journeys.addresses import DRAFT, furnish, values

pytestmark = pytest.mark.xdist_group("journeys")

NAME, REGISTRATION, ANSWER = "Zzyzx-NAME-", "Zzyzx-REG-", "Zzyzx-ANSWER"
SCORE = 0.4321
A_SCORE = re.compile(r"\b0[.,]4321|\b43(?:[.,]2\d?)?\s*%")

NAMED: dict[Role, tuple[str, ...]] = {
    Role.OPERATOR: (),
    Role.TRAINER: ("teams.", "proof."),
    Role.TEAM_LEADER: ("teams.", "proof."),
    Role.HR: ("teams.", "admin.", "proof.", "privacy.", "api.people", "scim."),
    Role.EVALUATOR: (),
    Role.STAFF_REPRESENTATIVE: (),
    Role.ADMINISTRATOR: ("admin.", "teams.signing_in", "scim."),
}
"""Where each role may see an operator's name: trainers whom they sign off and who called them, never beside
answers; leaders their own teams; HR and administrators those they care for; nobody else anybody."""


@dataclass(frozen=True)
class Seen:
    """A page or file, and what of the marks stands in it."""

    role: Role | None
    """None for whoever passes by and is not signed in."""
    endpoint: str
    address: str
    people: frozenset[int]
    others: frozenset[int]
    """Those named or numbered but the reader."""
    answer: bool
    score: bool
    there: bool
    """Whether there was anything to see."""


@pytest.fixture(scope="module")
def marked(told: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demonstration with marks in place of names, answers and scores."""
    folder = tmp_path_factory.mktemp("marked") / "instance"
    shutil.copytree(told, folder)
    app = create_app({"INSTANCE_DIR": folder, "SECRET_KEY": "test", "DATABASE_URL": ""})
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    with app.app_context(), writing():
        furnish()
        db.session.commit()
        _mark()
        db.session.commit()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="module")
def seen(marked: Flask) -> list[Seen]:
    """All that each role can open."""
    found = [one for role in NAMED for found in (_opened, _asked_by_programs) for one in found(marked, role)]
    return [*found, *_passed_by(marked), *_stood_at_a_kiosk(marked)]


def test_every_page_was_seen_by_somebody(marked: Flask, seen: list[Seen]) -> None:
    """No page escapes: neither one that nobody opened nor one that was not there for anybody."""
    reached = {one.endpoint for one in seen if one.there}
    escaped = {rule.endpoint for rule in marked.url_map.iter_rules() if "GET" in rule.methods} - reached
    assert escaped == OF_MODULES | OF_NOBODY | HANDED_OUT


def test_names_are_seen_where_the_purpose_asks_for_them(seen: list[Seen]) -> None:
    wrong = {
        f"{one.role}: {one.address}" for one in seen
        if one.others and not (one.role and one.endpoint.startswith(NAMED[one.role] or "none"))
    }  # fmt: skip
    assert not wrong
    assert {one.role for one in seen if one.others} == {role for role, rooms in NAMED.items() if rooms}


def test_a_leader_sees_their_own_people_alone(marked: Flask, seen: list[Seen]) -> None:
    with marked.app_context():
        team = select(RoleGrant.team_id).where(RoleGrant.person_id == _visitor(Role.TEAM_LEADER))
        own = set(db.session.scalars(select(TeamMembership.person_id).where(TeamMembership.team_id.in_(team))))
    wrong = {one.address for one in seen if one.role is Role.TEAM_LEADER and not one.others <= own}
    assert not wrong


def test_nobody_sees_what_a_named_person_answered_or_scored(seen: list[Seen]) -> None:
    assert not {f"{one.role}: {one.address}" for one in seen if one.answer}
    assert not {f"{one.role}: {one.address}" for one in seen if one.score and one.others}


def test_whoever_was_named_can_read_it(marked: Flask, seen: list[Seen]) -> None:
    with marked.app_context():
        logged: dict[tuple[int, str], set[int]] = defaultdict(set)
        rows = select(Look.by_id, Look.page, LookedAt.numbers).join(LookedAt, LookedAt.digest == Look.looked_at)
        for by, page, packed in db.session.execute(rows):
            logged[by, page] |= numbers.unpacked(packed)
        by = {role: _visitor(role) for role in NAMED}
        programs = select(Token.role, ProgramLook.page, LookedAt.numbers).join(Token, Token.id == ProgramLook.token_id)
        of_programs = programs.join(LookedAt, LookedAt.digest == ProgramLook.looked_at)
        for role, page, packed in db.session.execute(of_programs):
            logged[by[role], page] |= numbers.unpacked(packed)
    named = [one for one in seen if one.role]
    untold = {one.address for one in named if not one.people <= logged[by[one.role], one.endpoint] | {by[one.role]}}
    assert not untold, "say `looked_at` of all who are named"


def _mark() -> None:
    """Give marks to all who are nothing but operators; of the visitors only the operator is."""
    staff = select(RoleGrant.person_id).where(RoleGrant.role != Role.OPERATOR)
    for person in db.session.scalars(select(Person).where(Person.id.not_in(staff))):
        person.given_name, person.family_name = "", f"{NAME}{person.id}."
        person.registration = f"{REGISTRATION}{person.id}."
    db.session.execute(text("UPDATE standings SET first_score = :s, best_score = :s"), {"s": SCORE})
    # As nobody may in a plant: the triggers stand in the way, and come back.
    trigger = db.session.scalar(text("SELECT sql FROM sqlite_master WHERE name = 'learning_records_no_update'"))
    db.session.execute(text("DROP TRIGGER learning_records_no_update"))
    db.session.execute(
        text("UPDATE learning_records SET response = :r WHERE response IS NOT NULL AND success = 0"),
        {"r": f'"{ANSWER}"'},
    )
    db.session.execute(
        text("UPDATE learning_records SET score_scaled = :s WHERE score_scaled IS NOT NULL"), {"s": SCORE}
    )
    db.session.execute(text(trigger))


def _visitor(role: Role) -> int:
    email = next((one.email for one in STAFF if one.role is role), None)
    if email is None:
        return db.session.scalars(select(Person.id).where(Person.registration.like(f"{REGISTRATION}%")).limit(1)).one()
    return db.session.scalars(select(Person.id).where(Person.email == email)).one()


def _opened(app: Flask, role: Role) -> Iterator[Seen]:
    with app.app_context(), writing():
        person = _visitor(role)
        sessions.begin(role, AT_A_DESK, person, {"_user_id": str(person), "_fresh": True}, now())
        db.session.commit()
    client = app.test_client()
    client.set_cookie("sid", role)
    for rule, address in _places(app, role):
        answer = client.get(address)
        assert answer.status_code in (200, 302, 404), f"{role}: {address} gave {answer.status_code}"
        yield _looked_through(role, person, rule.endpoint, address, answer)


def _passed_by(app: Flask) -> Iterator[Seen]:
    """Yield what anybody can open who is not signed in."""
    for rule, address in _addresses(app, lambda rule, guard: guard in ("public", "recognised")):
        answer = app.test_client().get(address)
        assert answer.status_code in (200, 302, 400, 403, 404, 503), f"{address} gave {answer.status_code}"
        yield _looked_through(None, 0, rule.endpoint, address, answer)


def _stood_at_a_kiosk(app: Flask) -> Iterator[Seen]:
    """Yield what an operator can open at a kiosk: of nobody but themselves."""
    with app.app_context(), writing():
        person = _visitor(Role.OPERATOR)
        enrolled = kiosks.enrol(kiosks.offer_enrolment(story.visited_kiosk(), now=now()), now=now())
        about = {"_user_id": str(person), "_fresh": True, "terminal": enrolled.terminal_id}
        sessions.begin("at a kiosk", AT_A_KIOSK, person, about, now())
        db.session.commit()
    client = app.test_client()
    client.set_cookie("sid", "at a kiosk")
    client.set_cookie("terminal", enrolled.token)
    for rule, address in _addresses(app, lambda rule, guard: guard in ("terminal", "kiosk")):
        answer = client.get(address)
        assert answer.status_code in (200, 302, 404), f"{address} gave {answer.status_code}"
        yield _looked_through(Role.OPERATOR, person, rule.endpoint, address, answer)


def _asked_by_programs(app: Flask, role: Role) -> Iterator[Seen]:
    """Yield what a program may ask with a token of the role, where there may be one."""
    with app.app_context(), writing():
        try:
            token = tokens.create(f"A program of {role}", role, by=None, now=now())
        except TokenRoleRefused:
            return
        db.session.commit()
    bearing = {"Authorization": f"Bearer {token}"}
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith(("api.", "scim.")) and "GET" in rule.methods:
            address = re.sub("<.*>", "1" if "int:" in rule.rule else SCIM.get(rule.endpoint, ""), rule.rule)
            answer = app.test_client().get(address, headers=bearing)
            assert answer.status_code in (200, 403, 404), f"{role}: {address} gave {answer.status_code}"
            yield _looked_through(role, 0, rule.endpoint, address, answer)


def _places(app: Flask, role: Role) -> Iterator[tuple[Rule, str]]:
    """Yield each page and file that the role's permissions open."""
    allowed = permissions_of({role, Role.OPERATOR})
    return _addresses(
        app, lambda rule, guard: guard == "signed_in" or (isinstance(guard, tuple) and bool(allowed & set(guard)))
    )


def _addresses(app: Flask, is_open: Callable[[Rule, object], bool]) -> Iterator[tuple[Rule, str]]:
    with app.test_request_context(), writing():
        given = values()
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
            room, _, name = rule.endpoint.partition(".")
            guard = getattr(app.view_functions[rule.endpoint], "guard", None)
            if "GET" in rule.methods and rule.endpoint not in OF_MODULES and is_open(rule, guard):
                known = given.get(f"{room}.{LIKE.get(name, name)}") or given.get(room, [{}])
                for arguments in _arguments(rule, OWN.get(rule.endpoint) or known):
                    yield rule, url_for(rule.endpoint, **arguments)
        db.session.rollback()


SCIM = {"scim.resource_type": "User", "scim.schema": USER}
LIKE = dict.fromkeys(("protocol", "protocol_print", "report", "operators_print"), "evaluation")
"""Files whose address is made of what that of another page of the room is."""
OWN = {
    "audits.curve": [{"code": DRAFT, "indicator": "R1"}],
    "proof.visit_file": [{"asked": {"subject": "module work-order"}}],
    "kiosk.player": [{"code": "work-order"}],
    "kiosk.edition": [{"edition_id": 1, "language": "fr"}],
    "kiosk.survey": [{"code": "CLI-1"}],
}
OF_MODULES = {"studio.media_job", "studio.phone_link", "studio.bank_export_file", "studio.export_file"}
OF_MODULES |= {"studio.mark_answer"}
"""Jobs, and what is made of modules alone."""
OF_NOBODY = {"account.openid", "account.openid_back", "shared.brand_logo", "shared.brand_style", "shared.media"}
"""The way to the plant's own sign-in, which is not set up here; pictures and files by what they hold."""
HANDED_OUT = {"privacy.purged", "proof.made", "shared.job", "teams.kept_export", "teams.photo", "teams.skills_print"}
"""What was made or taken for somebody, of which the demonstration has none: their views ask whose it is."""


def _arguments(rule: Rule, given: list[dict]) -> Iterator[dict]:
    kinds = {name: one for name, one in rule._converters.items() if isinstance(one, AnyConverter)}
    for one in given[:1]:
        fixed = {name: one[name] for name in rule.arguments if name not in kinds and name in one}
        if set(fixed) | set(kinds) != rule.arguments:
            fixed |= {name: _filled(rule, name) for name in rule.arguments - set(fixed) - set(kinds)}
        choices = [{}]
        for name, converter in kinds.items():
            choices = [{**chosen, name: item} for chosen in choices for item in converter.items]
        for chosen in choices:
            yield fixed | chosen | one.get("asked", {})


FILLED = {"ending": "csv", "name": "xlsx", "kind": "csv", "language": "en"}


def _filled(rule: Rule, name: str) -> object:
    """Return something where nothing is known that is there: the page answers that it is not."""
    if name in FILLED:
        return FILLED[name]
    kind = type(rule._converters[name]).__name__
    return {"IntegerConverter": 999_999, "UUIDConverter": UUID(int=0)}.get(kind, "none")


def _looked_through(role: Role | None, person: int, endpoint: str, address: str, answer: TestResponse) -> Seen:
    said = "\n".join(_texts(answer))
    people = {int(found) for found in re.findall(rf"{NAME}(\d+)\.", said)}
    numbered = {int(found) for found in re.findall(rf"{REGISTRATION}(\d+)\.", said)}
    return Seen(
        role,
        endpoint,
        address,
        frozenset(people),
        frozenset((people | numbered) - {person}),
        ANSWER in said,
        bool(A_SCORE.search(said)),
        answer.status_code < 400,
    )


def _texts(answer: TestResponse) -> Iterator[str]:
    content, kind = answer.get_data(), answer.mimetype
    if content[:4] == b"%PDF":
        yield from (page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    elif content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from (archive.read(name).decode(errors="replace") for name in archive.namelist())
    else:
        assert kind.startswith(("text/", "application/", "image/")), kind
        yield content.decode(errors="replace")
