"""Contrast as WCAG 2.2 defines it, and the nearest colour that can be read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.kernel.branding import colours
from lms.kernel.branding.colours import DESK, KIOSK, Colour, ColourUnknown, ContrastTooLow


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),  # WCAG 2.2, "contrast ratio": from 1 to 21
        ("#777777", "#ffffff", 4.48),  # WebAIM's contrast checker: the grey that just fails AA,
        ("#767676", "#ffffff", 4.54),  # and the one that just passes
        ("#ff0000", "#ffffff", 4.0),
        ("#abcdef", "#abcdef", 1.0),
    ],
)
def test_contrast(one: str, other: str, ratio: float) -> None:
    assert colours.contrast(colours.parse(one), colours.parse(other)) == pytest.approx(ratio, abs=0.005)
    assert colours.contrast(colours.parse(other), colours.parse(one)) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("text", ["", "blue", "#12345", "#1234567", "#12345g", "#fff", "url(x)", "#00558a;}"])
def test_no_colours(text: str) -> None:
    with pytest.raises(ColourUnknown):
        colours.parse(text)


def test_what_is_refused_says_what_was_measured_and_what_would_do() -> None:
    with pytest.raises(ContrastTooLow) as refused:
        colours.check(colours.parse("E69F00"), DESK)
    facts = refused.value.facts
    assert (facts["colour"], facts["needed"]) == ("#e69f00", DESK)
    assert facts["measured"] == pytest.approx(1.82, abs=0.02)
    colours.check(colours.parse(facts["nearest"]), DESK)
    colours.check(colours.parse("#00558a"), DESK)  # the house's own


@settings(max_examples=30)
@given(st.tuples(*[st.integers(0, 255)] * 3), st.sampled_from([DESK, KIOSK]))
def test_the_nearest_can_be_read_and_is_no_darker_than_it_must_be(
    channels: tuple[int, int, int], needed: float
) -> None:
    colour = Colour(channels)
    found = colours.nearest(colour, needed)
    assert colours.least_contrast(found) >= needed
    if colours.least_contrast(colour) >= needed:
        assert found == colour
    else:
        assert colours.least_contrast(found) < needed + 0.6
    assert colours.parse(str(found)) == found
