"""Answers to surveys as cases: an answer tells a role and a shift, and nobody's team or name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lms.evaluation.facts import Facts
from lms.evaluation.measures.case import Case
from lms.surveys import scoring
from lms.surveys.content import InstrumentContent
from lms.surveys.queries import Response, WaveFacts
from lms.surveys.rules import Band, Moment
from lms.surveys.scales import FIVE, THREE

NO_SHIFT = "-"
"""The cluster of sheets that do not say their shift."""


@dataclass(frozen=True)
class Asked:
    """Which answers an indicator rests on."""

    wanted: Callable[[InstrumentContent], bool]
    bands: frozenset[Band]

    def waves(self, facts: Facts) -> list[WaveFacts]:
        """Return the waves of such instruments that opened since the pilot's first day, after something was done."""
        return [
            wave
            for wave in facts.waves
            if self.wanted(wave.instrument)
            and wave.moment is not Moment.BEFORE
            and facts.day(wave.opens_at) >= facts.starts_on
        ]

    def sheets(self, facts: Facts) -> Iterator[tuple[int, Response, InstrumentContent]]:
        """Yield the answer sheets of these waves and roles, each with a number of nobody's."""
        instruments = {wave.code: wave.instrument for wave in self.waves(facts)}
        for place, sheet in enumerate(facts.sheets, start=1):
            if sheet.wave_code in instruments and sheet.role in self.bands:
                yield -place, sheet, instruments[sheet.wave_code]

    def response(self, facts: Facts) -> float | None:
        """Return the sheets over the people of these roles who were invited."""
        invited = sum(
            cell.invited for wave in self.waves(facts) for cell in wave.cells if cell.band in self.bands
        )  # fmt: skip
        return sum(1 for _ in self.sheets(facts)) / invited if invited else None

    def scores(self, facts: Facts, *, on_three: bool = False) -> list[Case]:
        """Return one case per sheet with its score, 0 to 100; on three points instead of five where asked."""
        return [
            case_of(number, sheet, value=_score(sheet, content, on_three))
            for number, sheet, content in self.sheets(facts)
        ]


def case_of(number: int, sheet: Response, **counted: float | bool | None) -> Case:
    """Return a case of a sheet; its shift is the cluster."""
    return Case(number, sheet.shift or NO_SHIFT, sheet.shift, **counted)  # type: ignore[arg-type]


def is_favourable(answer: int, sheet: Response) -> bool:
    """Whether an answer is 4 or 5 of five, or 3 of three."""
    return answer >= scoring.favourable_from(sheet.scale_points)


def _score(sheet: Response, content: InstrumentContent, on_three: bool) -> float | None:
    if not on_three or sheet.scale_points != FIVE:
        return scoring.score(content, sheet.answers, sheet.scale_points)
    rated = {item.key for item in content.rated}
    answers = {key: scoring.collapsed(one) if key in rated else one for key, one in sheet.answers.items()}
    return scoring.score(content, answers, THREE)


OPERATORS = frozenset({Band.OPERATOR})
LEADERS = frozenset({Band.TEAM_LEADER})
STAFF = frozenset({Band.TRAINER, Band.MANAGEMENT})


def instrument(code: str, bands: frozenset[Band]) -> Asked:
    """Return the answers to one instrument by some roles."""
    return Asked(lambda content: content.code == code, bands)
