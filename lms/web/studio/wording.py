"""Words for what the studio refuses."""

from flask_babel import lazy_gettext as _l

from lms.authoring.actions import (
    BlockGone,
    DraftChanged,
    EditionPlanned,
    ModuleCodeFaulty,
    ModuleCodeTaken,
    PartChanged,
)
from lms.authoring.arranging import TooManyBlocks
from lms.authoring.bank.rules import NotAQuestion, NothingNew, ThemeWanted
from lms.authoring.beginnings.actions import BeginningUnknown
from lms.authoring.drafts import DraftIncomplete
from lms.authoring.history import ChangedSince, NothingToUndo
from lms.authoring.planning import PlannedTooSoon
from lms.authoring.reviewing.rules import (
    ApprovalMissing,
    ApprovalOwn,
    ApprovalStale,
    AskedAlready,
    ChangesWanted,
    OwnDraft,
    ReviewEnded,
    WordsWanted,
)
from lms.authoring.voices import NothingSpoken
from lms.authoring.work import NothingToReview
from lms.catalogue.actions import NothingToAcknowledge, WithdrawnAlready
from lms.web.shared import refusals
from lms.web.studio import (
    advice_words,
    analysis_words,
    editions,
    importing,
    media_words,
    problem_words,
    translation_words,
)


def add_words() -> None:
    """Word the refusals of authoring, and the faults of files."""
    problem_words.add_words()
    importing.add_places()
    editions.add_places()
    analysis_words.add_places()
    translation_words.add_words()
    advice_words.add_words()
    media_words.add_words()
    refusals.add(ModuleCodeTaken, 409, _l("Another module has the code %(code)s. Choose another."))
    refusals.add(
        BeginningUnknown, 422, _l("There is a text to begin from in French and English alone. Put one of them first.")
    )
    refusals.add(ModuleCodeFaulty, 422, _l("A code is made of up to 40 small letters, digits and hyphens."))
    refusals.add(DraftIncomplete, 422, _l("%(code)s is not complete (%(count)s to correct), so it was not published."))
    refusals.add(NotAQuestion, 422, _l("The bank holds questions, not cards."))
    refusals.add(NothingNew, 409, _l("The bank has this question just so already."))
    refusals.add(ThemeWanted, 422, _l("Give it a theme."))
    refusals.add(NothingSpoken, 503, _l("Nothing can be read aloud here: %(reason)s"))
    refusals.add(NothingToReview, 409, _l("There is no edition yet that could be reviewed. Publish the module first."))
    refusals.add(
        NothingToAcknowledge,
        409,
        _l(
            "No card or question is new or changed, so there is nothing to acknowledge. Choose another kind of edition."
        ),
    )
    refusals.add(PlannedTooSoon, 422, _l("Choose a day after today, or leave it empty to publish now."))
    refusals.add(
        EditionPlanned,
        409,
        _l("An edition of %(code)s is planned for %(day)s. Cancel it before you publish another."),
    )
    refusals.add(WithdrawnAlready, 409, _l("Edition %(number)s of %(code)s was withdrawn already."))
    refusals.add(
        ApprovalMissing,
        409,
        _l("%(code)s needs the approval of a colleague first. Ask one on its page “Review by a colleague”."),
    )
    refusals.add(
        ChangesWanted,
        409,
        _l("A colleague wants changes of %(code)s first. Once they are made, ask the same colleague again."),
    )
    refusals.add(
        ApprovalStale,
        409,
        _l("%(code)s was changed since a colleague approved it. Ask for another approval: it is of one state alone."),
    )
    refusals.add(
        ApprovalOwn, 409, _l("Whoever approved %(code)s changed it last. Ask another colleague to approve it.")
    )
    refusals.add(OwnDraft, 409, _l("You changed this draft last. Another colleague has to approve it."))
    refusals.add(AskedAlready, 409, _l("This colleague is asked already, and has not decided yet."))
    refusals.add(ReviewEnded, 409, _l("This review has ended already."))
    refusals.add(WordsWanted, 422, _l("Write what you mean first."))
    refusals.add(
        PartChanged, 409, _l("Someone else changed this meanwhile. Nothing was overwritten: look at both texts.")
    )
    refusals.add(BlockGone, 409, _l("Someone deleted this card or question meanwhile. What you wrote is not lost."))
    refusals.add(TooManyBlocks, 422, _l("A module has at most %(limit)s cards and questions."))
    refusals.add(NothingToUndo, 409, _l("There is nothing of yours to take back or to do again."))
    refusals.add(
        ChangedSince, 409, _l("This was changed again since, so it was not taken back. The history has every state.")
    )
    refusals.add(
        DraftChanged,
        409,
        _l("Someone saved another version of %(code)s meanwhile. Nothing was overwritten; look again."),
    )
