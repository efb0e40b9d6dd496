"""What people of the line signed, said and contested in the simulated plant, for a visitor to go on with.

Amina has a sheet that she and the trainer signed, with its record of training at work, one that
waits for both, and a level that she contests; somebody else's contest was answered. The procedure
of a task changed. While the leader was away the trainer signed in their name.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from lms.demonstration import visitors
from lms.demonstration.building import Plant
from lms.demonstration.skilling import MATRIX, SITUATIONS, Skilled
from lms.demonstration.visitors import OPERATOR, PASSWORD, PIN, STAFF, Visitor
from lms.people import queries as people
from lms.people.deputies import actions as deputies
from lms.people.permissions import Role
from lms.skills import actions, afest, contesting, proposals, signing
from lms.skills.actions import Observation
from lms.skills.afest import Entry
from lms.skills.authority import SignedAs
from lms.skills.models import Sheet
from lms.skills.rules import Cause, Level, Outcome, PointKind
from lms.skills.signing import Point
from lms.skills.waiting import waiting

TABLET = "tablet:demonstration"
DAY = timedelta(days=1)
POINTS = (
    Point(PointKind.SAFETY, {"fr": "Porte ses gants et ses lunettes", "en": "Wears gloves and goggles"}),
    Point(PointKind.STEP, {"fr": "Range les gabarits à leur place", "en": "Puts each gauge back in its place"}),
    Point(PointKind.QUALITY, {"fr": "Le poste est prêt pour la relève", "en": "The post is ready for the next shift"}),
)


def vouch(
    made: Plant, visiting: Mapping[Visitor, int], skilled: Skilled, now: datetime, keep: Callable[[], None]
) -> None:
    """Let all of that have happened; `keep` commits, for whoever signs ends transactions."""
    by = {visitor.role: visiting[visitor] for visitor in STAFF}
    amina, tasks = visiting[OPERATOR], skilled.tasks
    for code in ("controle-rangement", "coupe-ordre"):
        stated_on = now.date() - 30 * DAY
        actions.state_level(amina, tasks[code], Level.TRAINED, stated_on, source=MATRIX, signed_by=None, now=now)
    _sign(amina, tasks["controle-rangement"], by[Role.TRAINER], now - DAY, keep)
    _write(amina, tasks["coupe-ordre"], by[Role.TRAINER], now - timedelta(hours=2))
    _contest(made.teams[visitors.TEAM], amina, tasks["coupe-ordre"], by[Role.TEAM_LEADER], now)
    _change_procedure(tasks["coupe-mandrins"], made, by[Role.TRAINER], now)
    _stand_in(made, by, now)
    keep()


def _write(person: int, task: int, observer: int, at: datetime) -> Sheet:
    points = signing.checklist(task).points
    seen = Observation(person, task, observer, at.date(), Outcome.ACQUIRED, SITUATIONS[1])
    return signing.write(seen, range(len(points)), None, at)


def _sign(person: int, task: int, trainer: int, at: datetime, keep: Callable[[], None]) -> None:
    """Let both sign what was seen, and complete the record of the training at work."""
    signing.set_checklist(task, POINTS, trainer, at - 20 * DAY)
    sheet = _write(person, task, trainer, at)
    number, digest = sheet.id, sheet.digest
    keep()
    made = None
    for signed_as, secret in ((SignedAs.OBSERVER, PASSWORD), (SignedAs.PERSON, PIN)):
        made = signing.sign(number, signed_as, digest, secret, TABLET, at)
        keep()
    if made is not None:
        entry = Entry(
            activity="Ranger le poste de contrôle en fin de poste : gabarits, rebuts, traçabilité.",
            led_by=trainer,
            designated_on=(at - 15 * DAY).date(),
            reflected_on=at.date(),
            reflected_at="Salle de réunion de l’atelier",
            reflection="Amina explique pourquoi chaque gabarit a sa place ; elle veut étiqueter le second chariot.",
            evaluation="Range seule et sans oubli ; la relève prend le poste sans question.",
        )
        afest.record(made.id, entry, trainer, at)


def _contest(team: int, amina: int, task: int, leader: int, now: datetime) -> None:
    stated = next(one for one in contesting.entries(amina) if one.change and one.change.task_id == task)
    words = "J’ai tenu ce poste accompagnée tout l’été : la matrice l’a oublié."
    contesting.contest(
        amina, words, now - timedelta(hours=20), level_change_id=stated.change.id if stated.change else 0
    )
    members = people.memberships([team], now.date(), now.date())
    seen = [
        entry.sign_off
        for stay in members
        for entry in contesting.entries(stay.person_id)
        if entry.sign_off is not None and entry.sign_off.outcome is Outcome.NOT_YET
    ]
    if seen:
        one = seen[0]
        words = "La machine était en panne ce jour-là, je n’ai pas pu montrer la fin."
        made = contesting.contest(one.person_id, words, now - 3 * DAY, sign_off_id=one.id)
        answer = "C’est exact. Éric vous observe de nouveau cette semaine ; les deux restent au dossier."
        contesting.answer(made.id, answer, leader, now - 2 * DAY)


def _change_procedure(task: int, made: Plant, trainer: int, now: datetime) -> None:
    on = now.date() - 2 * DAY
    proposals.change_procedure(task, on, "Nouveau palan : mandrins chargés par deux", trainer, now)
    found = proposals.proposals(now, {operator.person_id for operator in made.operators})
    for one in found[:1]:
        reason = "A participé aux essais du palan, vu au poste ce jour"
        proposals.keep(one.person_id, one.task.id, Cause.PROCEDURE, reason, trainer, now)


def _stand_in(made: Plant, by: Mapping[Role, int], now: datetime) -> None:
    """Let the trainer have stood in for the leader for three days, and signed one thing in their name."""
    leader, trainer = by[Role.TEAM_LEADER], by[Role.TRAINER]
    then, first, last = now - 5 * DAY, now.date() - 3 * DAY, now.date() - DAY
    deputies.name(leader, trainer, first, last, by=by[Role.HR], now=then, today=then.date())
    team = {operator.person_id for operator in made.operators if operator.team_id == made.teams[visitors.TEAM]}
    awaited = [one.sign_off for one in waiting() if one.sign_off.aim is Level.AUTONOMOUS]
    for seen in [one for one in awaited if one.person_id in team][:1]:
        actions.countersign(seen.id, trainer, confirmed=True, note="", now=now - DAY)
