"""What states, bases and kinds of papers are called, in the language of the reader."""

from lms.kernel.languages import gettext as _
from lms.proof.papers import Paper
from lms.proof.rules import Basis, State
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
