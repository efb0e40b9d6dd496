"""Invented age bands: apart from the course of the story."""

from lms.demonstration.plant import age_band
from lms.people.ages import AgeBand


def test_age_bands_are_the_same_again_and_some_unknown() -> None:
    bands = [age_band(f"SIM{number:04}") for number in range(72)]
    assert bands == [age_band(f"SIM{number:04}") for number in range(72)]
    assert set(bands) == {*AgeBand, None}
