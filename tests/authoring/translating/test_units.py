"""Which texts of a module are translated, and how they stand."""

from copy import deepcopy
from typing import Any

import pytest

from lms.authoring import editing
from lms.authoring.translating import states
from lms.authoring.translating.states import State, Tally, carried, confirmed
from lms.authoring.translating.units import Shape, digest, unit_of, units, with_texts
from lms.catalogue.content import ModuleContent
from lms.catalogue.fields import Part
from lms.kernel.refusals import NotFound
from tests.catalogue.modules import whole


def named() -> dict[str, str]:
    return {unit.id: unit.texts["en"] for unit in units(whole())}


def changed(document: dict[str, Any], name: str, **texts: str) -> dict[str, Any]:
    for language, text in texts.items():
        document = with_texts(document, language, {name: text})
    return document


def test_names_go_by_keys_and_hold_no_file() -> None:
    found = named()
    assert found["_.title"] == "Whole (en)"
    assert found["one.options.b.feedback"] == "B is not (en)"
    assert found["do.steps.1.text"] == "Then (en)"
    assert found["gap.gaps.g1.word"] == "stop (en)"
    assert not any("media/" in text for text in found.values())
    assert unit_of(whole(), "gap.text").shape is Shape.GAPS
    assert unit_of(whole(), "touch.spots.s1.body").shape is Shape.LINE


def test_every_text_of_a_module_is_a_unit_and_prose_is_told_from_lines() -> None:
    def texts(value: Any, field: str) -> list[tuple[dict[str, str], bool]]:
        if isinstance(value, Part):
            fields = type(value).model_fields
            inner = [texts(getattr(value, name), f"{name} {info.annotation!r}") for name, info in fields.items()]
            return [one for found in inner for one in found]
        if isinstance(value, list):
            return [one for inner in value for one in texts(inner, field)]
        is_text = isinstance(value, dict) and not field.startswith(("file", "captions", "sound"))
        return [(value, "_markdown_only" in field)] if is_text else []

    expected = texts(ModuleContent.model_validate(whole()), "")
    found = units(ModuleContent.model_validate(whole()).plain)
    assert sorted(map(str, expected)) == sorted(str((unit.texts, unit.shape is Shape.PROSE)) for unit in found)


def test_a_text_is_put_in_its_place_and_an_empty_one_is_taken_out() -> None:
    document = changed(whole(), "one.options.a.text", en="  Another\n one ")
    assert document["blocks"][5]["options"][0]["text"] == {"fr": "A (fr)", "en": "Another one"}
    assert "en" not in with_texts(document, "en", {"one.options.a.text": " "})["blocks"][5]["options"][0]["text"]
    with pytest.raises(NotFound):
        with_texts(document, "en", {"one.options.z.text": "x"})


def test_a_translation_is_outdated_from_the_change_of_its_original_until_somebody_says_that_it_is_right() -> None:
    old = whole()
    new = changed(old, "one.prompt", fr="Lequel donc ?")
    bases = carried(old, new, frozenset())
    assert states.states(new, "en", bases)["one.prompt"] is State.OUTDATED
    assert states.tally(new, "en", bases) == Tally(outdated=1, done=len(units(new)) - 1)
    assert states.by_block(new, "en", bases)["one"].outdated == 1

    assert states.states(old, "en", carried(new, old, bases))["one.prompt"] is State.DONE  # Taken back.
    again = changed(new, "one.prompt", en="So which?")
    assert states.tally(again, "en", carried(new, again, bases)).outdated == 0  # Written anew.
    right = confirmed(unit_of(new, "one.prompt"), "fr", "en", bases, digest("Lequel donc ?"))
    assert states.tally(new, "en", right).outdated == 0
    assert states.tally(changed(new, "one.prompt", fr="Quoi ?"), "en", right).outdated == 1


def test_both_changed_at_once_is_done_and_a_missing_one_is_missing() -> None:
    new = changed(whole(), "one.prompt", fr="Lequel ?", en="Which now?")
    assert states.tally(new, "en", carried(whole(), new, frozenset())).to_do == 0
    without = with_texts(new, "en", {"one.prompt": ""})
    assert states.states(without, "en", frozenset())["one.prompt"] is State.MISSING


def test_states_follow_their_texts_when_steps_and_blocks_change_places() -> None:
    old = whole()
    new = changed(old, "do.steps.0.text", fr="D'abord")
    bases = carried(old, new, frozenset())
    turned = deepcopy(new)
    turned["blocks"][3]["steps"].reverse()
    bases = carried(new, turned, bases)
    assert [key for key, found in states.states(turned, "en", bases).items() if found is State.OUTDATED] == [
        "do.steps.1.text"
    ]
    copied, _ = editing.duplicated(turned, turned["blocks"][3]["key"])
    assert states.tally(copied, "en", carried(turned, copied, bases)).outdated == 2


def test_the_same_translation_of_two_originals_is_outdated_where_the_original_changed() -> None:
    old = changed(whole(), "one.options.a.text", en="Yes.")  # As the explanations have it.
    new = changed(old, "one.options.a.text", fr="Peut-être")
    bases = carried(old, new, frozenset())
    outdated = [key for key, found in states.states(new, "en", bases).items() if found is State.OUTDATED]
    assert outdated == ["one.options.a.text"]


def test_an_original_that_changes_twice_and_a_translation_that_is_used_again() -> None:
    first = changed(whole(), "one.prompt", fr="Une fois ?")
    bases = carried(whole(), first, frozenset())
    second = changed(first, "one.prompt", fr="Deux fois ?")
    bases = carried(first, second, bases)
    assert states.states(first, "en", carried(second, first, bases))["one.prompt"] is State.OUTDATED
    used = changed(second, "so.prompt", en="Which? (en)")  # Written for another original, now.
    found = states.states(used, "en", carried(second, used, bases))
    assert (found["so.prompt"], found["one.prompt"]) == (State.DONE, State.OUTDATED)


def test_a_translation_of_an_original_that_is_gone_is_outdated_at_once() -> None:
    document = changed(whole(), "one.prompt", en="Which was it?")
    bases = confirmed(unit_of(document, "one.prompt"), "fr", "en", frozenset(), digest("Ce qu'on lisait"))
    assert states.states(document, "en", bases)["one.prompt"] is State.OUTDATED
