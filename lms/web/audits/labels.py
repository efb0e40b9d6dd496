"""What the fields of an audit and their values are called on pages and in forms."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class Section:
    """A list of the audit: its name, the name of one entry, what its button says, the page that shows it."""

    many: LazyString
    one: LazyString
    add: LazyString
    page: str


@dataclass(frozen=True)
class Field:
    """What a field is called, and what helps to fill it in."""

    label: LazyString
    help: LazyString | str = ""


SECTIONS = {
    "arrangements": Section(
        _l("Training arrangements"), _l("Training arrangement"), _l("Add an arrangement"), "audits.inventory"
    ),
    "trainers": Section(_l("Trainers"), _l("Trainer"), _l("Add a trainer"), "audits.inventory"),
    "materials": Section(_l("Teaching materials"), _l("Teaching material"), _l("Add a material"), "audits.inventory"),
    "it": Section(_l("IT system"), _l("Part of the IT system"), _l("Add a part"), "audits.inventory"),
    "panel": Section(_l("People met"), _l("Role met"), _l("Add a role"), "audits.panel"),
    "evidence": Section(_l("Evidence"), _l("Piece of evidence"), _l("Add a piece of evidence"), "audits.evidence"),
    "findings": Section(_l("Findings"), _l("Finding"), _l("Add a finding"), "audits.findings"),
    "recommendations": Section(
        _l("Recommendations"), _l("Recommendation"), _l("Add a recommendation"), "audits.recommendations"
    ),
    "actions": Section(_l("Action plan"), _l("Action"), _l("Add an action"), "audits.action_plan"),
    "vigilance": Section(
        _l("Points of vigilance"), _l("Point of vigilance"), _l("Add a point of vigilance"), "audits.vigilance"
    ),
}

_IN_ONE_LANGUAGE = _l("In one language at least.")
_WHOSE = _l("A role or a department, never a name.")

FIELDS: dict[str | tuple[str, str], Field] = {
    "code": Field(
        _l("Code"), _l("Short and lasting, for example C1: up to 40 letters, digits and hyphens. It never changes.")
    ),
    "provenance": Field(
        _l("Known or illustrative"), _l("Known: stated by a source. Illustrative: an example that nobody observed.")
    ),
    "title": Field(_l("Title"), _IN_ONE_LANGUAGE),
    "statement": Field(_l("Statement"), _IN_ONE_LANGUAGE),
    "note": Field(_l("Note")),
    "owner": Field(_l("Owner"), _WHOSE),
    "objective": Field(_l("Objective at work"), _l("What people can do afterwards.")),
    "audience": Field(_l("For whom"), _l("Posts or teams.")),
    "mandatory": Field(_l("Required by law")),
    "mode": Field(_l("Form")),
    "minutes": Field(_l("Planned length (minutes)")),
    "people_a_year": Field(_l("People a year")),
    "refresh_months": Field(_l("Refreshed every (months)"), _l("0 when never.")),
    "assessment": Field(_l("Checked today by")),
    "digital_potential": Field(
        _l("Digital potential"), _l("What a module could carry. It never replaces the gesture.")
    ),
    "modules": Field(_l("Modules made of it")),
    ("trainers", "title"): Field(_l("Pseudonym"), _l("Never a name. In one language at least.")),
    ("trainers", "role"): Field(_l("Kind of trainer")),
    "shift": Field(_l("Shift worked")),
    "hours_a_month": Field(_l("Hours a month for training")),
    "trained_on": Field(_l("Trained as a trainer on")),
    "arrangement": Field(_l("Arrangement that uses it")),
    "format": Field(_l("Format"), _l("For example: paper, slides, film.")),
    ("materials", "owner"): Field(_l("Kept by"), _WHOSE),
    "reviewed_on": Field(_l("Last reviewed on")),
    "reuse": Field(_l("Can be reused")),
    "kind": Field(_l("Kind")),
    "place": Field(_l("Place")),
    "state": Field(_l("Readiness")),
    ("panel", "role"): Field(_l("Role met")),
    "met": Field(_l("How many were met")),
    "must_cover": Field(_l("Who had to be among them")),
    "source_type": Field(_l("Kind of source")),
    ("evidence", "role"): Field(_l("Role of the person met")),
    "shift_band": Field(
        _l("Shift of the person met"), _l("Shown to readers only where enough people of the role were met.")
    ),
    "gathered_on": Field(_l("Gathered on")),
    "excerpt": Field(
        _l("Excerpt"), _l("At most 300 characters, with nothing that tells who spoke. In one language at least.")
    ),
    "sentiment": Field(_l("Tone")),
    "area": Field(_l("Area")),
    "polarity": Field(_l("Asset or obstacle")),
    ("findings", "evidence"): Field(
        _l("Evidence it rests on"), _l("Two kinds of source or three pieces make it solid; less is a weak signal.")
    ),
    "rationale": Field(_l("Why")),
    ("recommendations", "findings"): Field(_l("Findings it answers")),
    "horizon": Field(_l("Horizon")),
    "testable": Field(_l("Can a pilot test it?"), _l("One that no pilot can test is never given a verdict.")),
    "critical": Field(_l("Critical: the pilot fails if it is not met")),
    ("recommendations", "status"): Field(_l("Decision")),
    "decided_by": Field(_l("Decided by"), _l("A body or a role. Needed as soon as something is decided.")),
    "decided_on": Field(_l("Decided on"), _l("Needed as soon as something is decided.")),
    "decision_reason": Field(_l("Reason of the decision")),
    "recommendation": Field(_l("Recommendation it carries out")),
    ("actions", "status"): Field(_l("Progress"), _l("Lateness is worked out from the due date, never typed.")),
    "due_on": Field(_l("Due date")),
    "done_on": Field(_l("Done on"), _l("Needed once it is done, and only then.")),
    "likelihood": Field(_l("Likelihood")),
    "severity": Field(_l("Severity")),
    "warning_sign": Field(_l("Early sign")),
    "mitigation": Field(_l("What is done about it")),
    "lifted_when": Field(_l("Lifted when"), _l("Something that can be seen. In one language at least.")),
    "blocking": Field(_l("Blocks the pilot until lifted")),
    ("vigilance", "status"): Field(_l("Progress"), _l("Lifted needs a date and a piece of evidence.")),
    "lifted_on": Field(_l("Lifted on")),
    ("vigilance", "evidence"): Field(_l("Evidence that it is lifted")),
    "summary": Field(_l("Summary"), _IN_ONE_LANGUAGE),
    "institution": Field(_l("Carried out by")),
    "site": Field(_l("Site")),
    "started_on": Field(_l("Started on")),
    "delivered_on": Field(_l("Delivered on")),
    "source": Field(_l("Source of what is known")),
}

ROLES = {
    "operator": _l("Operators"),
    "team_leader": _l("Team leaders"),
    "manager": _l("Managers"),
    "trainer": _l("In-house trainers"),
    "hr": _l("HR direction"),
    "it": _l("IT department"),
    "other": _l("Others"),
}

VALUES: dict[str | tuple[str, str], dict[str, LazyString]] = {
    "provenance": {"known": _l("Known"), "illustrative": _l("Illustrative")},
    "mode": {
        "classroom": _l("Classroom"),
        "afest": _l("Training in the work situation (AFEST)"),
        "tutoring": _l("Tutoring"),
        "companionship": _l("Beside an experienced colleague"),
        "e-learning": _l("E-learning"),
        "blended": _l("Blended"),
    },
    "assessment": {
        "none": _l("Nothing"),
        "paper-quiz": _l("A quiz on paper"),
        "observed": _l("Observation at the post"),
        "iluo": _l("ILUO levels"),
    },
    "digital_potential": {
        "0": _l("0 – none: a pure gesture"),
        "1": _l("1 – preparation or recall"),
        "2": _l("2 – the theory part"),
        "3": _l("3 – the whole knowledge part"),
    },
    ("trainers", "role"): {"permanent": _l("Permanent"), "occasional": _l("Occasional"), "tutor": _l("Tutor")},
    "reuse": {"as-is": _l("As it is"), "rework": _l("To be reworked"), "discard": _l("To be discarded")},
    "kind": {
        "kiosk": _l("Kiosk zone"),
        "network": _l("Network"),
        "identity": _l("Identity and badges"),
        "interface": _l("Interface with another system"),
        "hosting": _l("Hosting"),
        "support": _l("Support"),
    },
    "state": {"ready": _l("Ready"), "to-prepare": _l("To be prepared"), "missing": _l("Missing")},
    "role": ROLES,
    "source_type": {
        "interview": _l("Interview"),
        "observation": _l("Observation"),
        "document": _l("Document"),
        "measure": _l("Measurement"),
        "survey": _l("Survey"),
    },
    "sentiment": {"-1": _l("Critical"), "0": _l("Neutral"), "1": _l("Favourable")},
    "area": {
        "": _l("Not said"),
        "organisation": _l("Organisation"),
        "learning": _l("Learning"),
        "development": _l("Making of modules"),
        "support": _l("Access and help"),
        "evaluation": _l("Evaluation"),
        "it": _l("IT system"),
    },
    "polarity": {"asset": _l("Asset"), "obstacle": _l("Obstacle")},
    "horizon": {"short": _l("Short term"), "medium": _l("Medium term"), "long": _l("Long term")},
    "testable": {"yes": _l("Yes"), "partly": _l("Partly"), "no": _l("No")},
    ("recommendations", "status"): {
        "proposed": _l("Proposed"),
        "accepted": _l("Accepted"),
        "rejected": _l("Rejected"),
        "deferred": _l("Deferred"),
    },
    ("actions", "status"): {
        "to_do": _l("To do"),
        "doing": _l("Under way"),
        "done": _l("Action done"),
        "cancelled": _l("Given up"),
    },
    ("vigilance", "status"): {
        "open": _l("Open"),
        "mitigating": _l("Being dealt with"),
        "lifted": _l("Lifted"),
    },
    "likelihood": {
        "1": _l("1 – unlikely"),
        "2": _l("2 – possible"),
        "3": _l("3 – likely"),
        "4": _l("4 – almost certain"),
    },
    "severity": {
        "1": _l("1 – slight"),
        "2": _l("2 – noticeable"),
        "3": _l("3 – serious"),
        "4": _l("4 – stops the pilot"),
    },
}
"""By field, or by section and field where the field's name means another thing elsewhere."""


def field_words(section: str, name: str) -> Field:
    """Return what a field of a section is called."""
    return FIELDS.get((section, name)) or FIELDS[name]


def value_words(section: str, name: str, value: object) -> str:
    """Return what a value of a field of a section is called, in the reader's language."""
    named = VALUES.get((section, name)) or VALUES[name]
    return str(named[str(value)])
