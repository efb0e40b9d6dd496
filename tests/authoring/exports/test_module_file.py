"""A module leaves as it is and comes back the same."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

from hypothesis import given, settings

from lms.authoring import actions
from lms.authoring.exports import module_file as exports
from lms.authoring.imports.module_file import read_archive
from lms.catalogue.content import ModuleContent
from lms.kernel.clock import now
from lms.kernel.documents import check, read_yaml
from tests.authoring.imports.test_module_file import whole_file
from tests.catalogue.modules import documents


@settings(max_examples=60, deadline=None)
@given(documents())
def test_reading_what_was_written_gives_the_same_module(document: dict[str, Any]) -> None:
    content = ModuleContent.model_validate(document)
    data, lines = read_yaml(exports.document(content), "module.yaml")
    assert check(ModuleContent, data, "module.yaml", lines) == content


def test_a_module_with_its_files_comes_back_whole(session: Any) -> None:
    draft = actions.store_file(whole_file(), by=None, now=now())
    edition = actions.publish(draft, by=None, now=now())
    content = ModuleContent.model_validate(edition.content)
    written = exports.archive(content, edition.media)
    read = read_archive(BytesIO(written), "whole.zip")
    assert (read.content, read.media, read.warnings) == (whole_file().content, whole_file().media, ())
    assert exports.archive(content, edition.media) == written, "the same module gives the same bytes"


def test_authors_can_read_what_is_written(session: Any) -> None:
    draft = actions.store_file(whole_file(), by=None, now=now())
    written = exports.archive(ModuleContent.model_validate(draft.content), draft.media)
    with ZipFile(BytesIO(written)) as archive:
        assert archive.namelist() == ["module.yaml", *sorted(whole_file().media)]
        first = archive.read("module.yaml").decode().splitlines()[:4]
    assert first == ["format: etabli-module/1", "code: whole", "languages:", "- fr"]
