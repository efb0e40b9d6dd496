"""What a module may begin from is whole but for what its author has to say."""

import re
from typing import Any

import pytest
from flask import Flask

from lms.authoring import actions, drafts
from lms.authoring.beginnings.actions import BeginningUnknown, begin
from lms.authoring.beginnings.documents import Beginning, filled
from lms.authoring.drafts import DraftIncomplete
from lms.authoring.guidance.advising import advise
from lms.authoring.translating.units import units
from lms.catalogue.content import ModuleContent
from lms.kernel.clock import now
from lms.kernel.database import writing

BY = {"by": None, "now": now()}


def begun(beginning: Beginning, *languages: str) -> dict[str, Any]:
    return filled(drafts.blank("new", list(languages), dict.fromkeys(languages, "Title")), beginning)


def written(value: Any) -> Any:
    """The document once its author has written everything."""
    if isinstance(value, str):
        return re.sub(r"\[\[[^\[\]]+\]\]", "vos propres mots", value)
    if isinstance(value, dict):
        return {name: written(inner) for name, inner in value.items()}
    return [written(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("beginning", Beginning)
def test_each_is_a_whole_module_once_its_prompts_are_replaced(beginning: Beginning) -> None:
    document = begun(beginning, "fr", "en")
    ModuleContent.model_validate(document)
    found = drafts.faults(document, {})
    assert {one.code for one in found} == {"content.prompt"}
    assert len(found) > 20
    assert drafts.faults(written(document), {}) == []
    assert all(set(unit.texts) == {"fr", "en"} for unit in units(document))
    asked = [drafts.prompts(dict(unit.texts)) for unit in units(document)]
    assert all(len(one) in (0, 2) for one in asked), "asked for in one language alone"
    advised = advise(written(document), {})
    told = {one.code for block in advised.blocks for one in block.advice} | {one.code for one in advised.advice}
    assert not told - {"advice.minutes"}, "what one begins from is itself well written"


def test_a_block_names_its_prompts_at_their_place() -> None:
    document = begun(Beginning.DEFECT, "fr")
    problems = drafts.block_faults(document["blocks"][0], 0, ["fr"], {})
    assert [one.path for one in problems] == ["blocks.0.body.fr"]
    faulty = drafts.faults({**document, "minutes": 99}, {})
    assert {one.code for one in faulty} == {"less_than_equal", "content.prompt"}
    assert problems[0].facts["prompt"].startswith("Ce que l’on voit")


def test_it_is_not_published_with_a_prompt_left(app: Flask) -> None:
    with app.app_context(), writing():
        draft = begin("burr", Beginning.DEFECT, languages=["en", "ar"], title="The burr", **BY)
        assert draft.content["title"] == {"en": "The burr"}
        assert draft.content["blocks"][0]["title"] == {"en": "What it looks like"}
        actions.save_draft("burr", lambda one: {**one, "languages": ["en"]}, version=None, **BY)
        with pytest.raises(DraftIncomplete):
            actions.publish(draft, **BY)
        actions.save_draft("burr", written, version=None, **BY)
        assert actions.publish(draft, **BY).number == 1
        with pytest.raises(BeginningUnknown):
            begin("other", Beginning.DEFECT, languages=["ar", "fr"], title="x", **BY)
