"""How a pilot compares: what each design is good for, its weakness, what it needs. Pure.

Evaluation reference, section 3.5, and the limits of section 3.4. The strength and the
weakness stand here alone; they are frozen with the protocol and printed.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import comb

from lms.kernel.languages import LazyString
from lms.kernel.languages import lazy_gettext as _l


class Comparison(StrEnum):
    """With what the pilot's teams are compared."""

    ONE_GROUP = "one_group"
    COUNTERBALANCED = "counterbalanced"
    WAITING_LIST = "waiting_list"
    MATCHED = "matched"
    STEPPED_WEDGE = "stepped_wedge"
    INTERRUPTED_SERIES = "interrupted_series"


class Staging(StrEnum):
    """What is said of each team beforehand."""

    NONE = "none"
    ORDER = "order"
    """In which order it takes the modules."""
    DATE = "date"
    """On which day it starts."""


@dataclass(frozen=True)
class Kind:
    """A design: when it serves, why it is chosen, what has to be printed against it."""

    label: LazyString
    when: LazyString
    strength: LazyString
    weakness: LazyString
    compares: bool = False
    """Some of the teams are a comparison group."""
    staging: Staging = Staging.NONE


DESIGNS: Mapping[Comparison, Kind] = {
    Comparison.ONE_GROUP: Kind(
        label=_l("One group, before and after"),
        when=_l("When nothing else is possible."),
        strength=_l("Cheap and simple."),
        weakness=_l(
            "What else happened in those weeks, what people would have learnt anyway and the effect of the test itself "
            "are not told apart: no claim about causes."
        ),
    ),
    Comparison.COUNTERBALANCED: Kind(
        label=_l("Modules in two orders"),
        when=_l("With two modules or more and four teams or more."),
        strength=_l(
            "Half the teams begin with one module, half with the other: the module not yet taken is each person’s own "
            "comparison, and everybody is trained."
        ),
        weakness=_l("Shifts talk to each other, and both forms of a test must be equally hard."),
        staging=Staging.ORDER,
    ),
    Comparison.WAITING_LIST: Kind(
        label=_l("Waiting list"),
        when=_l("When some teams start later anyway."),
        strength=_l("Simple, and everybody is trained in the end."),
        weakness=_l("The season and the activity differ between those who start and those who wait."),
        compares=True,
        staging=Staging.DATE,
    ),
    Comparison.MATCHED: Kind(
        label=_l("Matched teams"),
        when=_l("When no team can start later."),
        strength=_l("It gives the figures a context."),
        weakness=_l("The teams compared were not chosen by lot: they may have differed from the start."),
        compares=True,
    ),
    Comparison.STEPPED_WEDGE: Kind(
        label=_l("Start by steps"),
        when=_l("With six teams or more that start one after another."),
        strength=_l("It fits a roll-out."),
        weakness=_l("Time and training go together by construction: a difference has to be adjusted for time."),
        staging=Staging.DATE,
    ),
    Comparison.INTERRUPTED_SERIES: Kind(
        label=_l("Interrupted series"),
        when=_l("With a long weekly series from before."),
        strength=_l("It uses what was recorded already."),
        weakness=_l("Whatever else changed on the day of the start is taken for the effect."),
    ),
}

LEAST_TEAMS: Mapping[Comparison, int] = {Comparison.COUNTERBALANCED: 4, Comparison.STEPPED_WEDGE: 6}
LEAST_PER_STEP = 2
"""Teams that start together: with one a step, no common method was both unbiased and level-keeping."""
LEAST_POINTS = 12
"""Weekly points before the start of a series."""


@dataclass(frozen=True)
class Step:
    """What one team does when."""

    team: str
    starts_on: date | None = None
    modules: tuple[str, ...] = ()
    """In their order."""


@dataclass(frozen=True)
class Asked:
    """A module that a plan asks of a team, and from when."""

    plan: str
    team: str
    module: str
    assigned_on: date
    recommendation: str = ""


@dataclass(frozen=True)
class Layout:
    """What decides whether a design can answer its question."""

    comparison: Comparison
    teams: tuple[str, ...]
    """All teams of the pilot, those of the comparison group included."""
    compared: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    points_before: int | None = None
    asked: tuple[Asked, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    """What teams are called, for sentences; a team without a name goes by its code."""

    def called(self, teams: Iterable[str]) -> str:
        """Return the teams by their names, one after the other."""
        return ", ".join(sorted(self.names.get(team, team) for team in teams))

    @property
    def kind(self) -> Kind:
        """Return the design."""
        return DESIGNS[self.comparison]

    @property
    def treated(self) -> tuple[str, ...]:
        """Return the teams that are not compared with."""
        return tuple(team for team in self.teams if team not in self.compared)


class Doubt(StrEnum):
    """What stands against a design as it is laid out."""

    FEW_TEAMS = "few_teams"
    NO_COMPARISON = "no_comparison"
    ANECDOTE = "anecdote"
    COARSE_PERMUTATION = "coarse_permutation"
    ONE_ORDER = "one_order"
    NO_START = "no_start"
    ONE_STEP = "one_step"
    LONE_STEP = "lone_step"
    FEW_POINTS = "few_points"
    PLAN_OTHERWISE = "plan_otherwise"
    COMPARED_LEARNS = "compared_learns"


@dataclass(frozen=True)
class Flaw:
    """A doubt in words; a blocking one lets no protocol be frozen."""

    doubt: Doubt
    sentence: LazyString
    blocking: bool = True


def flaws(layout: Layout) -> list[Flaw]:
    """Return what stands against a design as it is laid out, blocking flaws first."""
    found = [*_teams(layout), *_comparison(layout), *_staged(layout), *_series(layout)]
    return sorted(found, key=lambda flaw: not flaw.blocking)


def least_p(first: int, second: int) -> float:
    """Return the least two-sided p that a permutation of teams can give (evaluation reference, section 3.4)."""
    return 2 / comb(first + second, first)


def _teams(layout: Layout) -> Iterator[Flaw]:
    least = LEAST_TEAMS.get(layout.comparison, 1)
    if len(layout.teams) < least:
        yield Flaw(
            Doubt.FEW_TEAMS,
            _l("This design needs %(least)s teams or more; there are %(teams)s.", least=least, teams=len(layout.teams)),
        )


def _comparison(layout: Layout) -> Iterator[Flaw]:
    if not layout.kind.compares:
        return
    first, second = len(layout.treated), len(layout.compared)
    if not second:
        yield Flaw(Doubt.NO_COMPARISON, _l("No team is in the comparison group."))
        return
    if first == second == 1:
        yield Flaw(
            Doubt.ANECDOTE,
            _l("One team against one is an anecdote: any difference may be that of the two teams."),
            blocking=False,
        )
    if least_p(first, second) > 0.05:
        yield Flaw(
            Doubt.COARSE_PERMUTATION,
            _l(
                "With %(first)s teams against %(second)s, no test by teams can give p under %(p)s.",
                first=first,
                second=second,
                p=f"{min(least_p(first, second), 1):.2f}",
            ),
            blocking=False,
        )
    if layout.comparison is Comparison.MATCHED:
        yield from _learning(layout)


def _learning(layout: Layout) -> Iterator[Flaw]:
    for team in sorted({asked.team for asked in layout.asked} & set(layout.compared)):
        yield Flaw(
            Doubt.COMPARED_LEARNS,
            _l("Team %(team)s is compared with, yet a plan asks it to learn.", team=layout.called([team])),
            blocking=False,
        )


def _staged(layout: Layout) -> Iterator[Flaw]:
    if layout.kind.staging is Staging.ORDER:
        yield from _orders(layout)
    elif layout.kind.staging is Staging.DATE:
        yield from _starts(layout)


def _orders(layout: Layout) -> Iterator[Flaw]:
    orders = {step.team: step.modules for step in layout.steps if len(step.modules) > 1}
    if set(orders) != set(layout.teams) or len(set(orders.values())) < 2:
        yield Flaw(
            Doubt.ONE_ORDER, _l("Say for each team in which order it takes the modules, in two orders at least.")
        )
        return
    for team, modules in sorted(orders.items()):
        days = {asked.module: asked.assigned_on for asked in layout.asked if asked.team == team}
        planned = [days[module] for module in modules if module in days]
        if len(planned) < len(modules) or planned != sorted(planned) or len(set(planned)) < len(planned):
            yield Flaw(
                Doubt.PLAN_OTHERWISE,
                _l(
                    "The plans do not ask team %(team)s to take the modules in the order said.",
                    team=layout.called([team]),
                ),
            )


def _starts(layout: Layout) -> Iterator[Flaw]:
    wanted = layout.compared if layout.kind.compares else layout.teams
    starts = {step.team: step.starts_on for step in layout.steps if step.starts_on and step.team in wanted}
    if missing := sorted(set(wanted) - set(starts)):
        yield Flaw(Doubt.NO_START, _l("Say on which day each team starts: %(teams)s.", teams=layout.called(missing)))
        return
    if layout.comparison is Comparison.STEPPED_WEDGE:
        yield from _steps(Counter(starts.values()).values())
    early: dict[str, set[str]] = {}
    for asked in layout.asked:
        start = starts.get(asked.team)
        if start is not None and asked.assigned_on < start:
            early.setdefault(asked.plan, set()).add(asked.team)
    for plan, teams in early.items():
        yield Flaw(
            Doubt.PLAN_OTHERWISE,
            _l(
                "Plan %(plan)s asks teams to learn before they start: %(teams)s.",
                plan=plan,
                teams=layout.called(teams),
            ),
        )


def _steps(sizes: Collection[int]) -> Iterator[Flaw]:
    if len(sizes) == 1:
        yield Flaw(Doubt.ONE_STEP, _l("All teams start on one day: that is no start by steps."))
    if sizes and min(sizes) < LEAST_PER_STEP:
        yield Flaw(
            Doubt.LONE_STEP,
            _l("On some day fewer than %(least)s teams start: two or more must start together.", least=LEAST_PER_STEP),
        )


def _series(layout: Layout) -> Iterator[Flaw]:
    if layout.comparison is Comparison.INTERRUPTED_SERIES and (layout.points_before or 0) < LEAST_POINTS:
        yield Flaw(
            Doubt.FEW_POINTS,
            _l(
                "A series needs %(least)s weekly points or more from before; there are %(points)s.",
                least=LEAST_POINTS,
                points=layout.points_before or 0,
            ),
        )
