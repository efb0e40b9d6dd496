"""What every template may use."""

from typing import Any

from flask import Flask, render_template
from jinja2 import StrictUndefined
from markupsafe import Markup

from lms.kernel.languages import INTERFACE_LANGUAGES, current_language, direction, forms, in_language
from lms.kernel.release import VERSION
from lms.kernel.rich_text import kept
from lms.people.permissions import Permission
from lms.web.shared import components
from lms.web.shared.identity import can, current_person
from lms.web.shared.links import here
from lms.web.shared.navigation import navigation


def init_app(app: Flask) -> None:
    """Make a typo in a template an error and give templates their words."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(in_language=in_language, kept_html=kept)
    app.jinja_env.globals.update(
        can=lambda permission: can(Permission(permission)),
        forms=forms,
        here=here,
        navigation=navigation,
        standing=_Standing(),
        version=VERSION,
        INTERFACE_LANGUAGES=INTERFACE_LANGUAGES,
    )
    components.init_app(app)
    app.context_processor(_page)


class _Standing:
    """Parts of pages that are the same on each of them, drawn once in each language.

    Such a template uses nothing but its language: no person, no session, no request.
    """

    def __init__(self) -> None:
        self._drawn: dict[tuple[str, str], Markup] = {}

    def __call__(self, template: str) -> Markup:
        key = template, current_language()
        if key not in self._drawn:
            self._drawn[key] = Markup(render_template(template))  # noqa: S704  (a template escapes what is in it)
        return self._drawn[key]


def _page() -> dict[str, Any]:
    language = current_language()
    return {
        "current_person": current_person(),
        "page_language": language,
        "page_direction": direction(language),
    }
