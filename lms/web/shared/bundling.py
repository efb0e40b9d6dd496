"""Put the modules of a folder of scripts together in one file: a page then asks for one script, not for a dozen.

Each module becomes a function under its name, run when it is first needed; a page names
in `data-runs` of its body those that it runs. Lines stay as they stand. Of the language's
ways to import and export only those that our scripts use are known, the others refused.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter

IMPORT = re.compile(r'import (?:(\{ \w+(?:, \w+)* \}) from )?"\./(\w+)\.js";')
LATER = re.compile(r'\bimport\("\./(\w+)\.js"\)')
EXPORT = re.compile(r"export ((?:async function|function|const) (\w+).*)")

START = """const made = {};
const need = name => made[name] ??= modules[name]();
for (const name of document.body.dataset.runs.split(" ")) need(name);
"""


@dataclass(frozen=True)
class Module:
    """A module as a function, and the names of those that it needs at once and later."""

    function: str
    needs: frozenset[str]
    later: frozenset[str]


def bundle(sources: Mapping[str, str]) -> str:
    """Return one script made of modules, by name (`sources["moves"]` is what `moves.js` holds).

    Raises `ValueError` for a module that imports one that is not there, or in a way that is
    not known, and for modules that import each other in a circle (`graphlib.CycleError`).
    """
    modules = {name: _module(name, source) for name, source in sorted(sources.items())}
    for name, module in modules.items():
        if missing := (module.needs | module.later) - set(modules):
            raise ValueError(f"{name}.js imports what is not there: {', '.join(sorted(missing))}")
    TopologicalSorter({name: module.needs for name, module in modules.items()}).prepare()
    return f"const modules = {{\n{''.join(module.function for module in modules.values())}}};\n{START}"


def _module(name: str, source: str) -> Module:
    lines, exported, needs, later = [], [], [], []
    for line in source.splitlines():
        if found := IMPORT.fullmatch(line):
            needs.append(found[2])
            line = f'{f"const {found[1]} = " if found[1] else ""}await need("{found[2]}");'
        elif found := EXPORT.fullmatch(line):
            exported.append(found[2])
            line = found[1]
        elif found := LATER.search(line):
            later.append(found[1])
            line = LATER.sub(r'need("\1")', line)
        if line.startswith(("import ", "export ")) or "import(" in line:
            raise ValueError(f"{name}.js: {line}")
        lines.append(line)
    body = "\n".join([*lines, f"return {{ {', '.join(exported)} }};"])
    return Module(f"async {name}() {{\n{body}\n}},\n", frozenset(needs), frozenset(later))
