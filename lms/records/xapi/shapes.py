"""What a check is, and how checks are put together.

A check is a function that takes a value and raises Fault when a rule is broken. The fault
learns its place on its way out, so that a faultless value costs nothing for it.
"""

from collections.abc import Callable, Mapping
from typing import Any

Check = Callable[[Any], None]


class Fault(Exception):
    """A statement breaks a rule; `code` names it, `path` says where."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
        self.path = ""

    def within(self, key: object) -> "Fault":
        """Return the fault, one step further from the place where it is."""
        self.path = f"{key}.{self.path}" if self.path else str(key)
        return self


def fields(checks: Mapping[str, Check], required: tuple[str, ...] = (), rule: Check | None = None) -> Check:
    """Return the check of an object with these fields and no others; `rule` sees it when each of them holds."""

    def check_object(value: Any) -> None:
        an_object(value)
        for key, item in value.items():
            try:
                if key not in checks:
                    raise Fault("unknown_key")
                if item is None:
                    raise Fault("null")
                checks[key](item)
            except Fault as fault:
                raise fault.within(key) from None
        for key in required:
            if key not in value:
                raise Fault("missing").within(key)
        if rule is not None:
            rule(value)

    return check_object


def an_object(value: Any) -> None:
    """Raise Fault unless the value is a JSON object."""
    if type(value) is not dict:
        raise Fault("not_object")


def list_of(check: Check) -> Check:
    """Return the check of a list whose items pass the given one."""

    def check_list(value: Any) -> None:
        if type(value) is not list:
            raise Fault("not_list")
        for place, item in enumerate(value):
            try:
                check(item)
            except Fault as fault:
                raise fault.within(place) from None

    return check_list


def map_of(key_code: str, right_key: Callable[[str], object], check: Check) -> Check:
    """Return the check of an object whose keys and values pass; `key_code` is the fault of a key."""

    def check_map(value: Any) -> None:
        an_object(value)
        for key, item in value.items():
            try:
                if not right_key(key):
                    raise Fault(key_code)
                check(item)
            except Fault as fault:
                raise fault.within(key) from None

    return check_map


def one_or_list(check: Check) -> Check:
    """Return the check of one value, or of a list of such."""
    many = list_of(check)

    def check_either(value: Any) -> None:
        (many if type(value) is list else check)(value)

    return check_either


def one_of(*words: str) -> Check:
    """Return the check of a word among these."""
    known = frozenset(words)

    def check_word(value: Any) -> None:
        if not isinstance(value, str) or value not in known:
            raise Fault("not_one_of", words=", ".join(sorted(known)))

    return check_word
