"""What every template may use."""

from typing import Any

from flask import Flask
from jinja2 import StrictUndefined

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
        version=VERSION,
        INTERFACE_LANGUAGES=INTERFACE_LANGUAGES,
    )
    components.init_app(app)
    app.context_processor(_page)


def _page() -> dict[str, Any]:
    language = current_language()
    return {
        "current_person": current_person(),
        "page_language": language,
        "page_direction": direction(language),
    }
