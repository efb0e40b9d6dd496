"""Attempts of modules that draw some of their questions: what ends them, what they come to, what is practised."""

from flask import Flask

from lms.catalogue import drawing
from lms.catalogue.queries import frozen
from lms.delivery import queries
from lms.kernel.database import writing
from lms.practice import queries as practice
from lms.progress import queries as progress
from lms.progress.items import Answered
from tests.delivery.house import BLOCKS, Sitter, content, person, publish, said

POOL = [
    {"question": "true_false", **said(f"p{number}"), "answer": True, "pool": "causes", "points": 2}
    for number in range(4)
]
FORMS = [{"question": "true_false", **said(f"{form}1"), "answer": True, "form": form.upper()} for form in "ab"]


def test_an_attempt_ends_with_what_was_drawn_and_is_scored_out_of_it(app: Flask) -> None:
    with app.app_context(), writing():
        edition = publish(content(blocks=[BLOCKS[0], *POOL], pools=[{"key": "causes", "draw": 2}]))
        amina = person()
        sitter = Sitter(amina, edition)
        drawn = drawing.drawn(frozen(edition).content, drawing.seed(frozen(edition).digest, amina, 1), "A")
        sitter.see("read")
        assert sitter.answer(drawn[0], True).ending is None
        ended = sitter.answer(drawn[1], False)
        assert (ended.ending.asked, ended.ending.right, ended.ending.score) == (2, 1, 0.5)
        assert ended.ending.again == (drawn[1],)
        # Another question of the pool counts for nothing any more.
        other = next(key for key in ("p0", "p1", "p2", "p3") if key not in drawn)
        assert sitter.answer(other, True).ending == ended.ending
        where = queries.whereabouts([edition], amina, sitter.at)[0]
        assert (where.position.attempt, where.position.answered) == (2, {})
        again = Sitter(amina, edition, sitter.at)
        assert again.attempt == 2
        # A kiosk without the server drew others: they count alike.
        again.answer("p0", True)
        assert again.answer("p1", True).completed
        standing = progress.standings_of(amina)[0]
        assert (standing.attempts, standing.first_score, standing.best_score) == (2, 0.5, 1)
        assert (standing.blocks_done, standing.blocks_total) == (3, 3)
        assert progress.first_attempts(edition) == [
            {drawn[0]: Answered(True, True, 900), drawn[1]: Answered(False, False, 900)}
        ]


def test_of_two_forms_one_is_asked_and_neither_is_practised(app: Flask) -> None:
    with app.app_context(), writing():
        edition = publish(content(blocks=[BLOCKS[0], *FORMS]))
        amina = person()
        assert Sitter(amina, edition).go_through({"b1": True}, cards=("read",)).completed
        assert not practice.has_learnt(amina, frozen(edition), "b1")
        assert not practice.has_learnt(amina, frozen(edition), "a1")
