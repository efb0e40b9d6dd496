"""`flask proof …`: whether the register of documents is what was written."""

from flask.cli import AppGroup
from flask_babel import gettext as _
from flask_babel import ngettext

from lms.cli import frame
from lms.proof import verifying
from lms.proof.papers import Verdict

proof = AppGroup("proof", help="Proof: documents that were issued.")


@proof.command("verify")
@frame.json_option
@frame.reads
def verify(as_json: bool) -> int:
    """Recompute number and seal of every document that was issued; exit with 1 when one is missing or altered."""
    issued, faults = verifying.count(), verifying.faults()
    document = {
        "documents": issued,
        "equal": not faults,
        "faults": [{"sequence": sequence, "verdict": verdict.value} for sequence, verdict in faults],
    }
    frame.answer(document, as_json, [_told(*fault) for fault in faults] or [_stands(issued)])
    return 1 if faults else 0


def _told(sequence: int, verdict: Verdict) -> str:
    if verdict is Verdict.MISSING:
        return _("Document %(number)s is missing.", number=sequence)
    return _("Document %(number)s is not what was issued.", number=sequence)


def _stands(issued: int) -> str:
    return ngettext("The %(num)s document issued stands.", "The %(num)s documents issued stand.", issued)
