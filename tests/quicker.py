"""What makes the suite quick without making it look at less."""

from collections.abc import Callable

from werkzeug.routing import Rule


def compile_addresses_once() -> None:
    """Keep what werkzeug compiles for each address from one application to the next.

    Nearly every test has an application of its own, and four fifths of making one went into
    compiling the same two hundred addresses again.
    """
    compiling = Rule._compile_builder
    compiled: dict[object, Callable] = {}

    def remembering(rule: Rule, append_unknown: bool = True) -> Callable:
        key = rule.rule, tuple(rule._trace), repr(rule.defaults), append_unknown
        if key not in compiled:
            compiled[key] = compiling(rule, append_unknown)
        return compiled[key]

    Rule._compile_builder = remembering
