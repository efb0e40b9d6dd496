"""A module on paper: cards, questions, and the answers apart."""

import io

import pytest
from flask import Flask
from pypdf import PdfReader

from lms.catalogue.content import ModuleContent
from lms.reports import module_sheet
from tests.authoring.imports.pictures import PNG
from tests.authoring.imports.test_module_file import DRAWING
from tests.catalogue.modules import whole


def files(name: str) -> bytes:
    return DRAWING if name.endswith(".svg") else PNG


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_module_of_every_kind_is_printed(app: Flask, language: str) -> None:
    content = ModuleContent.model_validate(whole())
    with app.app_context():
        pages = PdfReader(io.BytesIO(module_sheet.pdf(content, 2, language, files))).pages
    texts = [" ".join(page.extract_text().split()) for page in pages]
    told = " ".join(texts)
    for block in content.blocks:
        words = getattr(block, "title", None) or block.prompt
        assert words[language] in told
    assert "Danger" in told
    answers = {"fr": "Réponses", "en": "Answers"}[language]
    first = next(place for place, text in enumerate(texts) if answers in text)
    assert "3" in texts[first]
    assert {"fr": "3,15 ± 0,05 mm (fr)", "en": "3.15 ± 0.05 mm (en)"}[language] in texts[first]
    assert "B (" not in texts[first], "only right answers stand there"
