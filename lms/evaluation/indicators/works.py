"""Published modules as cases: each is a unit of its own."""

from collections.abc import Callable

from lms.authoring.queries import ModuleWork
from lms.evaluation.facts import Facts
from lms.evaluation.measures.case import Case


def module_cases(facts: Facts, succeeded: Callable[[ModuleWork], bool | None]) -> list[Case]:
    """Return one case per published module; of those that the protocol names, if it names any."""
    return [
        Case(-place, work.code, None, success=succeeded(work), group=work.code)
        for place, work in enumerate(chosen(facts), start=1)
    ]


def chosen(facts: Facts) -> list[ModuleWork]:
    """Return the work on the modules that the protocol names, or on all."""
    return [work for work in facts.works if not facts.modules or work.code in facts.modules]
