"""When a draft counts as approved by a colleague."""

from datetime import UTC, datetime, timedelta

import pytest

from lms.authoring.reviewing.models import Act, Ending
from lms.authoring.reviewing.rules import (
    ApprovalMissing,
    ApprovalOwn,
    ApprovalStale,
    ChangesWanted,
    Since,
    Standing,
    Verdict,
    check_publishable,
    is_resolved,
    since,
    standing,
    state_of,
    was_approved,
)

BLOCK = {"card": "text", "key": "read", "title": {"fr": "Lire"}}
DOCUMENT = {"code": "m", "languages": ["fr"], "blocks": [BLOCK]}
MEDIA = {"media/a.jpg": "a" * 64}
NOW = state_of(DOCUMENT, MEDIA)
BEFORE = state_of(DOCUMENT, {})
AUTHOR, COLLEAGUE, ANOTHER = 1, 2, 3
APPROVED, CHANGES = Ending.APPROVED, Ending.CHANGES
FIRST = datetime(2026, 3, 2, 8, tzinfo=UTC)


def decided(*told: tuple[int, Ending, str]) -> list[Verdict]:
    return [Verdict(by, FIRST + timedelta(days=day), end, state, "") for day, (by, end, state) in enumerate(told)]


def test_the_state_is_the_words_and_the_files_whatever_their_order() -> None:
    assert state_of(dict(reversed(DOCUMENT.items())), MEDIA) == NOW
    assert state_of(DOCUMENT, {"media/a.jpg": "b" * 64}) != NOW != BEFORE
    assert state_of({**DOCUMENT, "blocks": []}, MEDIA) != NOW


@pytest.mark.parametrize(
    ("told", "author", "found"),
    [
        ([], AUTHOR, Standing.NONE),
        ([(COLLEAGUE, APPROVED, NOW)], AUTHOR, Standing.APPROVED),
        ([(COLLEAGUE, APPROVED, NOW)], None, Standing.APPROVED),
        ([(COLLEAGUE, APPROVED, BEFORE)], AUTHOR, Standing.STALE),
        ([(COLLEAGUE, APPROVED, NOW)], COLLEAGUE, Standing.OWN),
        ([(COLLEAGUE, APPROVED, NOW), (ANOTHER, APPROVED, NOW)], COLLEAGUE, Standing.APPROVED),
        ([(COLLEAGUE, CHANGES, BEFORE)], AUTHOR, Standing.CHANGES),
        ([(COLLEAGUE, CHANGES, BEFORE), (COLLEAGUE, APPROVED, NOW)], AUTHOR, Standing.APPROVED),
        ([(COLLEAGUE, APPROVED, NOW), (COLLEAGUE, CHANGES, NOW)], AUTHOR, Standing.CHANGES),
        ([(COLLEAGUE, APPROVED, NOW), (ANOTHER, CHANGES, NOW)], AUTHOR, Standing.CHANGES),
        ([(ANOTHER, CHANGES, BEFORE), (COLLEAGUE, APPROVED, NOW)], AUTHOR, Standing.CHANGES),
        ([(ANOTHER, CHANGES, BEFORE), (COLLEAGUE, APPROVED, NOW), (ANOTHER, APPROVED, NOW)], 1, Standing.APPROVED),
        ([(ANOTHER, CHANGES, BEFORE), (COLLEAGUE, APPROVED, NOW)], ANOTHER, Standing.APPROVED),
        ([(ANOTHER, CHANGES, BEFORE), (COLLEAGUE, APPROVED, BEFORE)], ANOTHER, Standing.STALE),
        ([(ANOTHER, CHANGES, BEFORE)], ANOTHER, Standing.NONE),
    ],
)
def test_an_approval_counts_for_one_state_and_not_for_ones_own(
    told: list[tuple[int, Ending, str]], author: int | None, found: Standing
) -> None:
    assert standing(NOW, author, decided(*told)) is found


@pytest.mark.parametrize(
    ("found", "refused"),
    [
        (Standing.NONE, ApprovalMissing),
        (Standing.CHANGES, ChangesWanted),
        (Standing.STALE, ApprovalStale),
        (Standing.OWN, ApprovalOwn),
    ],
)
def test_without_approval_nothing_is_published_where_the_site_wants_it(found: Standing, refused: type) -> None:
    check_publishable(found, "m", needed=False)
    check_publishable(Standing.APPROVED, "m", needed=True)
    with pytest.raises(refused):
        check_publishable(found, "m", needed=True)


def test_what_was_planned_comes_out_only_as_it_was_approved() -> None:
    assert was_approved(NOW, decided((COLLEAGUE, APPROVED, NOW), (ANOTHER, CHANGES, BEFORE)))
    assert not was_approved(NOW, decided((COLLEAGUE, APPROVED, BEFORE), (ANOTHER, CHANGES, NOW)))


def test_a_remark_knows_what_became_of_its_block() -> None:
    assert since("read", BLOCK, DOCUMENT) is Since.SAME
    assert since("read", {**BLOCK, "title": {}}, DOCUMENT) is Since.CHANGED
    assert since("gone", BLOCK, DOCUMENT) is Since.GONE
    assert since(None, None, DOCUMENT) is Since.SAME


def test_the_last_settling_or_opening_counts() -> None:
    assert not is_resolved([Act.SAID, Act.ANSWERED])
    assert is_resolved([Act.SAID, Act.RESOLVED, Act.ANSWERED])
    assert not is_resolved([Act.SAID, Act.RESOLVED, Act.REOPENED])
