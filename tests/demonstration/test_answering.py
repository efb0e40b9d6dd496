"""Every question of the nine modules can be answered rightly and wrongly as it says."""

from pathlib import Path
from random import Random

import pytest

import lms.demonstration
from lms.authoring.imports import module_file
from lms.catalogue.blocks import CARDS, QUESTIONS, kind_of
from lms.catalogue.grading import grade
from lms.demonstration.answering import response
from lms.demonstration.story import TO_WALK_THROUGH

FOLDERS = sorted((Path(lms.demonstration.__file__).parent / "modules").iterdir())


def test_there_are_nine_modules() -> None:
    assert len(FOLDERS) == 9


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_modules_are_whole_and_short(folder: Path) -> None:
    module = module_file.read_folder(folder)
    assert module.warnings == (), "an unused file, or a drawing that had to be cleaned"
    assert module.content.languages[:2] == ["fr", "en"]
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


def test_one_module_holds_every_kind_and_can_be_read_in_arabic() -> None:
    module = module_file.read_folder(next(folder for folder in FOLDERS if folder.name == TO_WALK_THROUGH)).content
    assert sorted(kind_of(block) for block in module.blocks) == sorted([*CARDS, *QUESTIONS])
    assert module.languages == ["fr", "en", "ar"]
