"""The components of `templates/shared/components`, as `ui` in every template.

A file holds one macro that others may use, named as the file: `ui.badge(...)` is the macro
`badge` of `badge.html`. As an attribute of a global it also works where a block is
rendered alone for htmx, which an import at the head of a page does not.
"""

from flask import Flask
from jinja2 import Environment, TemplateNotFound
from jinja2.runtime import Macro


class Components:
    """Every component by its name."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment

    def __getattr__(self, name: str) -> Macro:
        try:
            template = self._environment.get_template(f"shared/components/{name}.html")
        except TemplateNotFound as error:
            raise AttributeError(f"there is no component {name!r}") from error
        return getattr(template.module, name)


def init_app(app: Flask) -> None:
    """Give every template the components."""
    app.jinja_env.globals["ui"] = Components(app.jinja_env)
