"""What the values of an audit's fields are called."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

ROLES = {
    "operator": _l("Operators"),
    "team_leader": _l("Team leaders"),
    "manager": _l("Managers"),
    "trainer": _l("In-house trainers"),
    "hr": _l("HR direction"),
    "it": _l("IT department"),
    "other": _l("Others"),
}

YES_NO = {"": _l("Not said"), "yes": _l("Yes"), "no": _l("No")}
BANDS = {"0": _l("No rule")} | {str(number): str(number) for number in range(1, 6)}
DIMENSIONS = {
    "delivery": _l("Delivery"),
    "planning": _l("Planning"),
    "definition": _l("Definition"),
    "management": _l("Management"),
    "optimisation": _l("Optimisation"),
}
RATINGS = {
    "0": _l("0 – not adequate"),
    "1": _l("1 – partially"),
    "2": _l("2 – largely"),
    "3": _l("3 – fully"),
}
PROCESSES = {
    "MAT-L1": _l("Objectives stated for each module"),
    "MAT-L2": _l("Practice and feedback"),
    "MAT-L3": _l("Link to hands-on training"),
    "MAT-D1": _l("Modules written by trainers"),
    "MAT-D2": _l("Modules reviewed and updated"),
    "MAT-S1": _l("Access: kiosk, time, shift"),
    "MAT-S2": _l("Help within a shift"),
    "MAT-S3": _l("Accessibility and reading load"),
    "MAT-E1": _l("Use and learning are measured"),
    "MAT-E2": _l("Decisions follow from measures"),
    "MAT-O1": _l("Sponsor, budget and time"),
    "MAT-O2": _l("Privacy and social dialogue"),
}

VALUES: dict[str | tuple[str, str], Mapping[str, LazyString | str]] = {
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
    "outcome": {
        "": _l("Not decided yet"),
        "modules": _l("Becomes modules"),
        "partly": _l("Becomes modules in part"),
        "hands-on": _l("Stays hands-on"),
        "dropped": _l("Dropped"),
    },
    "authoring": {
        "1": _l("1 – not at all"),
        "2": _l("2 – rather not"),
        "3": _l("3 – in between"),
        "4": _l("4 – rather yes"),
        "5": _l("5 – completely"),
    },
    **dict.fromkeys(("captions", "alt_texts", "gloves", "audio", "privacy", "wired"), YES_NO),
    **dict.fromkeys(("captive_proxy", "offline_needed"), YES_NO),
    "noise": {
        "": _l("Not said"),
        "quiet": _l("Quiet"),
        "noisy": _l("Noisy"),
        "very-noisy": _l("Very noisy"),
    },
    "shared_session_risk": {"": _l("Not said"), "low": _l("Low"), "medium": _l("Medium"), "high": _l("High")},
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
    ("watch", "direction"): {"le": _l("At or below the limit"), "ge": _l("At or above the limit")},
    **dict.fromkeys(DIMENSIONS, RATINGS),
    "process": PROCESSES,
    "gate": {
        "network": _l("Less than 2 % of pings lost in the kiosk zones"),
        "works-council": _l("The works council’s opinion is recorded"),
        "data-protection": _l("The data protection officer has signed off"),
        "trainers": _l("A trainer at least on each shift of the pilot"),
        "time": _l("People say that they are given time (mean of ADH6 above 3)"),
    },
    "moment": {
        "kick-off": _l("Kick-off"),
        "mid-course": _l("Mid-course"),
        "end": _l("End of the pilot"),
        "months-3": _l("3 months after"),
        "months-6": _l("6 months after"),
        "months-12": _l("12 months after"),
    },
    **dict.fromkeys(("least_seniority_bands", "least_age_bands"), BANDS),
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
        "observed": _l("Criterion observed"),
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
