"""The order of the rooms, read from the docstring of `lms`, and the two laws."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import lms

ROOT = Path(lms.__file__).parent
LINES = [
    [name.strip() for name in line.strip().split("   ")[0].split("|")]
    for line in lms.__doc__.splitlines()
    if line.startswith("    ")
]
RANK = {room: len(LINES) - place for place, rooms in enumerate(LINES) for room in rooms}
FLASK_ROOMS = {"web", "cli", "kernel"}


def files() -> list[Path]:
    return [file for file in sorted(ROOT.rglob("*.py")) if file.parent != ROOT]


def room_of(file: Path) -> str:
    return file.relative_to(ROOT).parts[0]


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text())


@cache
def imported(file: Path) -> list[tuple[str, int]]:
    """Every imported module, those hidden in functions included."""
    found = []
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.Import):
            found += [(name.name, node.lineno) for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno}: relative import"
            found += [(f"{node.module}.{name.name}", node.lineno) for name in node.names]
    return found


def every_import() -> Iterator[tuple[Path, str, int]]:
    for file in files():
        yield from ((file, name, line) for name, line in imported(file))


def test_every_room_is_on_the_list() -> None:
    rooms = {folder.name for folder in ROOT.iterdir() if (folder / "__init__.py").exists()}
    assert rooms == set(RANK), "the docstring of lms lists the rooms that exist, each once"


# One test for all files, not one for each: there are hundreds, and each test costs more than its look.
def test_imports_run_downwards() -> None:
    for file, name, line in every_import():
        here, parts = room_of(file), name.split(".")
        if parts[0] != "lms" or len(parts) < 2 or parts[1] == here or parts[1] not in RANK:
            assert not name.startswith("lms.application"), f"{file}:{line}: the factory is above every room"
            continue
        assert RANK[parts[1]] < RANK[here], f"{file}:{line}: {here} must not import {parts[1]}"


def test_the_two_laws() -> None:
    for file, name, line in every_import():
        room, root = room_of(file), name.split(".")[0]
        if root.startswith("flask"):
            assert room in FLASK_ROOMS, f"{file}:{line}: flask belongs to web, cli and kernel"
        if root == "sqlalchemy":
            assert room != "web", f"{file}:{line}: no sqlalchemy in web"
        if root == "bleach":
            assert file.name == "rich_text.py", f"{file}:{line}: bleach has one home"


def test_imports_stand_at_the_top() -> None:
    for file in files():
        for function in ast.walk(parsed(file)):
            if isinstance(function, ast.FunctionDef):
                hidden = [node.lineno for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
                assert not hidden, f"{file}:{hidden}: an import inside a function hides a tie"


def test_a_package_says_what_it_is() -> None:
    for package in files():
        if package.name == "__init__.py":
            assert ast.get_docstring(parsed(package)), f"{package}: a package needs a docstring"
