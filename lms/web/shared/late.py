"""Views that are loaded when the first page of theirs is asked for.

A server whose kiosks are busy need not know how to print a report: it starts sooner and is
smaller. The addresses of an audience name the files of their views instead of importing them:

    pilots = Views("lms.web.audits.pilots.views")
    blueprint.add_url_rule("/pilots/", view_func=pilots.pilots)

What only these pages say (refusals, problems, names of long work) is loaded when somebody looks
for words that nobody has said yet.
"""

import threading
from collections.abc import Callable
from importlib import import_module
from typing import Any

_one_at_a_time = threading.RLock()
"""Of two requests that load the same files at once, one would see half of them."""


def load(module: str) -> Any:
    """Return the module of this name, loaded now unless it was before."""
    with _one_at_a_time:
        return import_module(module)


class View:
    """A view by its file and name: whatever is asked of it, a guard for example, is asked of the view itself."""

    # Flask asks for these three when it is told of the view; ours never have them.
    methods = None
    required_methods = frozenset[str]()
    provide_automatic_options = None

    def __init__(self, module: str, name: str) -> None:
        self.__name__ = name
        self.__module__ = module

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the view, loaded now unless it was before."""
        return self._view()(*args, **kwargs)

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        return getattr(self._view(), attribute)

    def _view(self) -> Any:
        return getattr(load(self.__module__), self.__name__)


class Views:
    """The views of a file, by their names."""

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> View:
        return View(self._module, name)


class Words:
    """Files whose `add_words` says more, each loaded when what is looked for was said by none before it."""

    def __init__(self) -> None:
        self._waiting: list[str] = []

    def say_when_asked(self, module: str) -> None:
        """Name a file that has words."""
        self._waiting.append(module)

    def look_for(self, said: Callable[[], bool]) -> None:
        """Let files say their words until `said()` is true, or no file is left."""
        with _one_at_a_time:
            while self._waiting and not said():
                load(self._waiting.pop(0)).add_words()


WORDS = Words()
