"""What makes the suite quick without making it look at less.

Nearly every test has an application of its own. What each of them would work out again from
the same files, and come to the same, is kept from one to the next.
"""

from types import CodeType
from typing import Any

from jinja2 import Environment
from werkzeug.routing import Rule
from whitenoise import WhiteNoise

from lms.kernel import database

CAREFUL_PRAGMAS = database.SQLITE_PRAGMAS
"""As they are outside tests."""


KEPT = ("_parts", "_trace", "_converters", "arguments")
BUILDERS = ("_build", "_build_unknown")
"""What werkzeug's `Rule.compile` sets."""


def be_quick() -> None:
    """Keep addresses, templates and the list of static files; do not wait for the disk."""
    compile_addresses_once()
    compile_templates_once()
    list_static_files_once()
    leave_writing_to_the_system()


def compile_addresses_once() -> None:
    """Keep what werkzeug makes of each address: four fifths of making an application."""
    compiling = Rule.compile
    compiled: dict[object, dict[str, Any]] = {}

    def remembering(rule: Rule) -> None:
        key = rule.rule, rule.subdomain, repr(rule.defaults), rule.merge_slashes
        if key not in compiled:
            compiling(rule)
            compiled[key] = {name: getattr(rule, name) for name in KEPT} | {
                name: getattr(rule, name).__func__ for name in BUILDERS
            }
        kept = compiled[key]
        for name in KEPT:
            setattr(rule, name, kept[name])
        for name in BUILDERS:
            setattr(rule, name, kept[name].__get__(rule, None))

    Rule.compile = remembering


def compile_templates_once() -> None:
    """Keep the code of each template: of a test of pages up to half."""
    compiling = Environment.compile
    compiled: dict[object, CodeType] = {}

    def remembering(environment: Environment, source: Any, name: str | None = None, *rest: Any, **more: Any) -> Any:
        if not isinstance(source, str) or name is None:
            return compiling(environment, source, name, *rest, **more)
        key = type(environment), environment.trim_blocks, source, name, rest, tuple(more.items())
        if key not in compiled:
            compiled[key] = compiling(environment, source, name, *rest, **more)
        return compiled[key]

    Environment.compile = remembering


def list_static_files_once() -> None:
    """Keep what is served under one address: the address says what the files hold."""
    listing = WhiteNoise.update_files_dictionary
    listed: dict[object, dict[str, object]] = {}

    def remembering(served: WhiteNoise, root: str, prefix: str) -> None:
        key = root, prefix
        if key not in listed:
            listing(served, root, prefix)
            listed[key] = dict(served.files)
        served.files.update(listed[key])

    WhiteNoise.update_files_dictionary = remembering


def leave_writing_to_the_system() -> None:
    """Return from a commit before the disk has it: what a test writes need not outlive a power cut."""
    database.SQLITE_PRAGMAS = (*CAREFUL_PRAGMAS, "synchronous=OFF")
