"""The order of the rooms, read from the docstring of `lms`, and the two laws."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

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


def imported(file: Path) -> Iterator[tuple[str, int]]:
    """Every imported module, those hidden in functions included."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from ((name.name, node.lineno) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno}: relative import"
            yield from ((f"{node.module}.{name.name}", node.lineno) for name in node.names)


def test_every_room_is_on_the_list() -> None:
    rooms = {folder.name for folder in ROOT.iterdir() if (folder / "__init__.py").exists()}
    assert rooms == set(RANK), "the docstring of lms lists the rooms that exist, each once"


@pytest.mark.parametrize("file", files(), ids=lambda file: file.relative_to(ROOT).as_posix())
def test_imports_run_downwards(file: Path) -> None:
    here = room_of(file)
    for name, line in imported(file):
        parts = name.split(".")
        if parts[0] != "lms" or len(parts) < 2 or parts[1] == here or parts[1] not in RANK:
            assert not name.startswith("lms.application"), f"{file}:{line}: the factory is above every room"
            continue
        assert RANK[parts[1]] < RANK[here], f"{file}:{line}: {here} must not import {parts[1]}"


@pytest.mark.parametrize("file", files(), ids=lambda file: file.relative_to(ROOT).as_posix())
def test_the_two_laws(file: Path) -> None:
    room = room_of(file)
    for name, line in imported(file):
        root = name.split(".")[0]
        if root.startswith("flask"):
            assert room in FLASK_ROOMS, f"{file}:{line}: flask belongs to web, cli and kernel"
        if root == "sqlalchemy":
            assert room != "web", f"{file}:{line}: no sqlalchemy in web"
        if root == "bleach":
            assert file.name == "rich_text.py", f"{file}:{line}: bleach has one home"


@pytest.mark.parametrize("file", files(), ids=lambda file: file.relative_to(ROOT).as_posix())
def test_imports_stand_at_the_top(file: Path) -> None:
    for function in ast.walk(ast.parse(file.read_text())):
        if isinstance(function, ast.FunctionDef):
            hidden = [node.lineno for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
            assert not hidden, f"{file}:{hidden}: an import inside a function hides a tie"


@pytest.mark.parametrize("package", [file for file in files() if file.name == "__init__.py"], ids=str)
def test_a_package_says_what_it_is(package: Path) -> None:
    assert ast.get_docstring(ast.parse(package.read_text())), f"{package}: a package needs a docstring"
