"""What states, bases and kinds of papers are called, in the language of the reader."""

from lms.classroom.rules import Part
from lms.kernel.languages import gettext as _
from lms.proof.papers import Paper
from lms.proof.rules import Basis, State
from lms.proof.visits import Proof, Sort
from lms.skills import words
from lms.skills.rules import Level


def states() -> dict[State, str]:
    """Return how a habilitation stands."""
    return {
        State.VALID: _("Valid"),
        State.TO_RENEW: _("To be renewed"),
        State.EXPIRED: _("Expired"),
        State.SUSPENDED: _("Suspended"),
        State.WITHDRAWN: _("Withdrawn"),
        State.TO_COME: _("To come"),
    }


def bases() -> dict[Basis, str]:
    """Return what a habilitation rests on."""
    return {
        Basis.MODULE: _("A module, completed"),
        Basis.SESSION: _("A session, attended"),
        Basis.CERTIFICATE: _("A certificate from outside"),
    }


def parts() -> dict[Part, str]:
    """Return what parts of a day are called."""
    return {Part.MORNING: _("morning"), Part.AFTERNOON: _("afternoon"), Part.NIGHT: _("night")}


def papers() -> dict[Paper, str]:
    """Return what documents are called."""
    return {
        Paper.CERTIFICATE: _("Certificate of training"),
        Paper.REALISATION: _("Certificate of completed training (certificat de réalisation)"),
    }


def levels(language: str) -> dict[Level, str]:
    """Return what the letters are called: as the site says, else in our own words."""
    ours = {
        Level.NONE: _("not trained"),
        Level.TRAINED: _("trained: knows the theory"),
        Level.ACCOMPANIED: _("holds the post accompanied"),
        Level.AUTONOMOUS: _("works alone, at quality and pace"),
        Level.TEACHING: _("can teach others"),
    }
    return ours | words.own(language)


def sorts() -> dict[Sort, str]:
    """Return what kinds of proof are called."""
    return {
        Sort.COMPLETION: _("Module completed"),
        Sort.ATTENDANCE: _("Session attended"),
        Sort.HABILITATION: _("Habilitation"),
        Sort.DOCUMENT: _("Document issued"),
    }


def told(proof: Proof) -> str:
    """Return what a list says of a proof besides its days, where it has it."""
    words = {
        "edition": _("edition %(said)s"),
        "minutes": _("%(said)s min"),
        "session": _("session %(said)s"),
        "issuer": _("issued by %(said)s"),
        "number_on_paper": _("no. %(said)s"),
    }
    said = [words[name] % {"said": proof.told[name]} for name in words if proof.told.get(name)]
    return ", ".join([*said, *([_("Withdrawn")] if proof.told.get("withdrawn") else [])])
