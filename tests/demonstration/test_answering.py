"""Every question of the eight modules can be answered rightly and wrongly as it says."""

from pathlib import Path
from random import Random

import pytest

import lms.demonstration
from lms.authoring.imports import module_file
from lms.catalogue.blocks import Question
from lms.catalogue.grading import grade
from lms.demonstration.answering import response

FOLDERS = sorted((Path(lms.demonstration.__file__).parent / "modules").iterdir())


def test_there_are_eight_modules() -> None:
    assert len(FOLDERS) == 8


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_modules_are_whole_and_short(folder: Path) -> None:
    module = module_file.read_folder(folder)
    assert module.warnings == (), "an unused file, or a drawing that had to be cleaned"
    assert module.content.languages == ["fr", "en"]
    assert 3 <= module.content.minutes <= 7
    assert len(module.content.questions) >= 5


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_simulated_answers_are_what_they_are_meant_to_be(folder: Path) -> None:
    content = module_file.read_folder(folder).content
    for question in content.questions:
        for seed in range(5):
            for right in (True, False):
                given = response(question, "salt", right, Random(seed))
                assert grade(question, given, "salt").correct is right, (question.key, given)


def test_all_kinds_of_cards_and_questions_occur() -> None:
    blocks = [block for folder in FOLDERS for block in module_file.read_folder(folder).content.blocks]
    questions = {block.question for block in blocks if isinstance(block, Question)}
    cards = {block.card for block in blocks if not isinstance(block, Question)}
    assert questions == {"single", "multiple", "true_false", "numeric", "ordering", "matching"}
    assert cards == {"text", "picture", "video", "steps", "safety"}
