"""Libraries that few requests need, loaded by the first that does.

A server that never reads a workbook does not pay for the library that can: it starts
sooner and is smaller. Name the library at the top of the file, like any import:

    openpyxl = Later("openpyxl")
"""

from functools import cached_property
from importlib import import_module
from typing import Any


class Later:
    """A library that is loaded when something of it is first used."""

    def __init__(self, name: str) -> None:
        self._name = name

    @cached_property
    def _library(self) -> Any:
        return import_module(self._name)

    def __getattr__(self, attribute: str) -> Any:
        return getattr(self._library, attribute)
