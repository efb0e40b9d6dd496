"""The site's own dress: its style and logo by version, so that browsers and kiosks keep them for good.

They lie under `/static/`, which needs no session, and which a kiosk holds for when the server is away.
"""

from flask import Flask, Response

from lms.kernel.branding import actions
from lms.kernel.branding.actions import Dress
from lms.web.shared.assets import YEAR
from lms.web.shared.guards import public
from lms.web.shared.media import NOTHING_ACTS


@public
def brand_style(version: int) -> Response:
    """Send the colours of a version."""
    return _kept(Response(actions.style(actions.of_version(version)), mimetype="text/css"))


@public
def brand_logo(version: int) -> Response:
    """Send the logo of a version."""
    logo = actions.logo(version)
    response = _kept(Response(logo.data, mimetype=logo.media_type))
    response.headers["Content-Security-Policy"] = NOTHING_ACTS
    return response


def dress() -> Dress:
    """Return how the page of this request is dressed."""
    return actions.current()


def init_app(app: Flask) -> None:
    """Let every template know how the site is dressed."""
    app.jinja_env.globals["dress"] = dress


def _kept(response: Response) -> Response:
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response
