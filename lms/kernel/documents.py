"""YAML documents checked against a pydantic model, each fault with its line.

Where a model holds a union, its members are tagged with `tag`, so that what pydantic
writes into the path of an error is never taken for a field.
"""

import re
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, Tag, ValidationError

from lms.kernel.later import Later
from lms.kernel.refusals import FileRefused, Problem, TextFault

yaml = Later("yaml")

Node = Any
"""A node of a document: the library is loaded late."""

Path = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)

MAX_DOCUMENT_BYTES = 2_000_000
MAX_DEPTH = 40


@dataclass(frozen=True)
class Place:
    """A line of a file, counted from 1."""

    file: str
    line: int


class Lines(dict[Path, int]):
    """The line of every node by its path; `texts` tells where each text itself begins.

    A text may stand in a file of its own: who merges it into the document says so there.
    """

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[Path, Place] = {}


_TAG = "tag:yaml.org,2002:"
_PLAIN = (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("float", r"[-+]?(?:\d+\.\d*|\.\d+)(?:[eE][-+]?\d+)?|[-+]?\d+[eE][-+]?\d+|[-+]?\.inf|\.nan", "-+.0123456789"),
    ("int", r"[-+]?(?:0|[1-9]\d*)", "-+0123456789"),
)


@cache
def _composer() -> Any:
    """Return a safe loader for what people write: `Yes`, `No`, `on` and `12:30` are texts (YAML 1.2)."""
    known = yaml.CSafeLoader.yaml_implicit_resolvers
    resolvers = {
        first: [(tag, pattern) for tag, pattern in found if tag.removeprefix(_TAG) not in ("bool", "int", "float")]
        for first, found in known.items()
    }
    return _with_plain(type("Composer", (yaml.CSafeLoader,), {"yaml_implicit_resolvers": resolvers}))


@cache
def _writer() -> Any:
    """Return what writes as the composer reads; texts of several lines as blocks, for people."""
    # A value is written each time it occurs: reading refuses aliases.
    writer = _with_plain(type("Writer", (yaml.SafeDumper,), {"ignore_aliases": lambda self, data: True}))
    writer.add_representer(str, _represent_text)
    return writer


def _with_plain(side: Any) -> Any:
    for name, pattern, firsts in _PLAIN:
        side.add_implicit_resolver(_TAG + name, re.compile(f"^(?:{pattern})$"), list(firsts))
    return side


def _represent_text(writer: Any, text: str) -> Node:
    return writer.represent_scalar(f"{_TAG}str", text, style="|" if "\n" in text else None)


def tag(name: str) -> Tag:
    """Return the tag of one member of a union."""
    return Tag(f"<{name}>")


def read_yaml(source: bytes, file: str) -> tuple[Any, Lines]:
    """Return the document and the line of every node by its path.

    Raises FileRefused for bytes that are not UTF-8, for faulty YAML, a key given twice
    in one mapping, an anchor or alias (they multiply), a size over 2 MB or a tree deeper
    than 40. A key is always a text, also one such as `no` that YAML would take for
    something else.
    """
    text = decoded(source, file)
    lines = Lines()
    try:
        return _compose(text, file, lines), lines
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise FileRefused(
            [Problem("document.syntax", file, mark.line + 1 if mark else None, facts={"detail": error.problem or ""})]
        ) from error
    except (yaml.YAMLError, ValueError) as error:
        raise FileRefused([Problem("document.syntax", file, facts={"detail": str(error)})]) from error


def write_yaml(data: Any) -> bytes:
    """Return plain data as YAML in UTF-8; `read_yaml` gives the same back."""
    return yaml.dump(data, Dumper=_writer(), allow_unicode=True, sort_keys=False, width=110).encode()


def decoded(source: bytes, file: str) -> str:
    """Return the text of a file in UTF-8; raises FileRefused for other bytes or over 2 MB."""
    if len(source) > MAX_DOCUMENT_BYTES:
        raise FileRefused([Problem("document.too_large", file, facts={"limit": MAX_DOCUMENT_BYTES // 1_000_000})])
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        raise FileRefused([Problem("document.not_utf8", file, line)]) from error


def _compose(text: str, file: str, lines: Lines) -> Any:
    loader = _composer()(text)
    try:
        _refuse_what_multiplies(text, file)
        node = loader.get_single_node()
        return None if node is None else _build(loader, node, file, (), lines)
    finally:
        loader.dispose()


def _refuse_what_multiplies(text: str, file: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise FileRefused([Problem("document.alias", file, line)])
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise FileRefused([Problem("document.too_deep", file, line, facts={"limit": MAX_DEPTH})])


def _build(loader: Any, node: Node, file: str, path: Path, lines: Lines) -> Any:
    line = node.start_mark.line + 1
    lines.setdefault(path, line)
    if isinstance(node, yaml.SequenceNode):
        return [_build(loader, child, file, (*path, index), lines) for index, child in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return _build_mapping(loader, node, file, path, lines)
    # The text of a block (`|`, `>`) begins on the line after its sign.
    lines.texts[path] = Place(file, line + (node.style in ("|", ">")))
    return loader.construct_object(node)


def _build_mapping(loader: Any, node: Node, file: str, path: Path, lines: Lines) -> Any:
    built: dict[Hashable, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise FileRefused([Problem("document.key_not_text", file, line, dotted(path))])
        key = key_node.value
        if key in built:
            raise FileRefused([Problem("document.duplicate_key", file, line, dotted((*path, key)), {"key": key})])
        lines[(*path, key)] = line
        built[key] = _build(loader, value_node, file, (*path, key), lines)
    return built


def check(model: type[Model], data: Any, file: str, lines: Lines) -> Model:
    """Return the data as the model; raises FileRefused with one Problem for each fault."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise FileRefused(problems_of(error, file, lines)) from error


def problems_of(error: ValidationError, file: str = "", lines: Lines | None = None) -> list[Problem]:
    """Return one Problem for each fault that pydantic found, with its line where it is known.

    A fault whose context holds `faults_in_text` stands for these, each at its own line.
    """
    found = []
    for fault in error.errors(include_url=False):
        found += _problems(fault, file, lines or Lines())
    return found


def _problems(fault: Any, file: str, lines: Lines) -> list[Problem]:
    path = _without_tags(fault["loc"])
    context = {name: value for name, value in fault.get("ctx", {}).items() if name != "error"}
    text = lines.texts.get(path)
    if "faults_in_text" in context:
        return [_in_text(inner, path, text or Place(file, 1), bool(text)) for inner in context["faults_in_text"]]
    facts = context | {"given": _shortened(fault.get("input")), "detail": fault["msg"]}
    if text and text.file != file:
        return [Problem(fault["type"], text.file, text.line, dotted(path), facts)]
    return [Problem(fault["type"], file, line_of(path, lines), dotted(path), facts)]


def _in_text(fault: TextFault, path: Path, text: Place, placed: bool) -> Problem:
    line = text.line + fault.line - 1 if placed else None
    return Problem(fault.code, text.file, line, dotted(path), {"found": _shortened(fault.found)})


def _without_tags(path: Path) -> Path:
    return tuple(step for step in path if not (isinstance(step, str) and step.startswith(("<", "["))))


def line_of(path: Path, lines: dict[Path, int]) -> int | None:
    """Return the line of the deepest known node on the path."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path)


def dotted(path: Path) -> str:
    """Return a path as authors read it: `blocks.2.title.fr`."""
    return ".".join(str(step) for step in path)


def _shortened(value: object, length: int = 60) -> str:
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= length else text[: length - 1] + "…"
