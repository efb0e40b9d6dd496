"""YAML documents checked against a pydantic model, each fault with its line."""

from collections.abc import Hashable
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from lms.kernel.refusals import FileRefused, Problem

Path = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)

MAX_DOCUMENT_BYTES = 2_000_000
MAX_DEPTH = 40


class _Composer(yaml.SafeLoader):
    """A safe loader that keeps to plain trees: no anchors, no tags of its own."""


def read_yaml(source: bytes, file: str) -> tuple[Any, dict[Path, int]]:
    """Return the document and the line of every node by its path.

    Raises FileRefused for bytes that are not UTF-8, for faulty YAML, a key given twice
    in one mapping, an anchor or alias (they multiply), a size over 2 MB or a tree deeper
    than 40.
    """
    if len(source) > MAX_DOCUMENT_BYTES:
        raise FileRefused([Problem("document.too_large", file, facts={"limit": MAX_DOCUMENT_BYTES})])
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        raise FileRefused([Problem("document.not_utf8", file, line)]) from error
    lines: dict[Path, int] = {}
    try:
        return _compose(text, file, lines), lines
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise FileRefused(
            [Problem("document.syntax", file, mark.line + 1 if mark else None, facts={"detail": error.problem or ""})]
        ) from error
    except yaml.YAMLError as error:
        raise FileRefused([Problem("document.syntax", file, facts={"detail": str(error)})]) from error


def _compose(text: str, file: str, lines: dict[Path, int]) -> Any:
    loader = _Composer(text)
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.AnchorToken | yaml.AliasToken):
                raise FileRefused([Problem("document.alias", file, token.start_mark.line + 1)])
        node = loader.get_single_node()
        return None if node is None else _build(loader, node, file, (), lines)
    finally:
        loader.dispose()


def _build(loader: _Composer, node: yaml.Node, file: str, path: Path, lines: dict[Path, int]) -> Any:
    line = node.start_mark.line + 1
    lines.setdefault(path, line)
    if len(path) > MAX_DEPTH:
        raise FileRefused([Problem("document.too_deep", file, line, facts={"limit": MAX_DEPTH})])
    if isinstance(node, yaml.SequenceNode):
        return [_build(loader, child, file, (*path, index), lines) for index, child in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return loader.construct_object(node)
    built: dict[Hashable, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        key_line = key_node.start_mark.line + 1
        if not isinstance(key, str | int):
            raise FileRefused([Problem("document.key_not_text", file, key_line, facts={"key": str(key)})])
        if key in built:
            raise FileRefused(
                [Problem("document.duplicate_key", file, key_line, _dotted((*path, key)), {"key": str(key)})]
            )
        lines[(*path, key)] = key_line
        built[key] = _build(loader, value_node, file, (*path, key), lines)
    return built


def check(model: type[Model], data: Any, file: str, lines: dict[Path, int]) -> Model:
    """Return the data as the model; raises FileRefused with one Problem for each fault."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise FileRefused([_problem(fault, file, lines) for fault in error.errors()]) from error


def _problem(fault: Any, file: str, lines: dict[Path, int]) -> Problem:
    path = tuple(fault["loc"])
    facts = {name: value for name, value in fault.get("ctx", {}).items() if name != "error"}
    facts |= {"given": _shortened(fault.get("input")), "detail": fault["msg"]}
    return Problem(fault["type"], file, line_of(path, lines), _dotted(path), facts)


def line_of(path: Path, lines: dict[Path, int]) -> int | None:
    """Return the line of the deepest known node on the path.

    Pydantic puts the tags of unions into its paths; they name no node and are skipped.
    """
    known: Path = ()
    for step in path:
        if (*known, step) in lines:
            known = (*known, step)
    return lines.get(known)


def _dotted(path: Path) -> str:
    return ".".join(str(step) for step in path)


def _shortened(value: object, length: int = 60) -> str:
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= length else text[: length - 1] + "…"
