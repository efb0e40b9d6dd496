"""What a kiosk keeps for when the server is away: the service worker, the page that then stands there, what is held.

Nothing of this is anybody's: the shell, and modules as they were published.
"""

from pathlib import Path

from flask import Response, current_app, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from lms.delivery import queries
from lms.kernel import epoch
from lms.kernel.clock import now, today
from lms.kernel.json import to_json_text
from lms.kernel.release import VERSION
from lms.web.kiosk.guards import at_terminal, is_signed_in_here, this_terminal
from lms.web.kiosk.messages import reply
from lms.web.shared.guards import public
from lms.web.shared.identity import somebody

WORKER = "kiosk/worker.js"
SHELL = (
    "kiosk/bundle.js",
    "kiosk/scale.js",
    "kiosk/*.css",
    "shared/fonts.css",
    "shared/tokens.css",
    "shared/favicon.svg",
    "vendor/lucide-*/sprite.svg",
    "vendor/atkinson-*/latin-*.woff2",
)


@public
def worker() -> Response:
    """Send the service worker, with what it is to hold of this version."""
    static = Path(current_app.root_path) / "static"
    prefix = current_app.config["STATIC_PREFIX"]
    files = sorted({file for pattern in SHELL for file in static.glob(pattern)})
    facts = {
        "VERSION": f"{VERSION}-{prefix.strip('/').split('/')[-1]}",
        "SHELL": [prefix + file.relative_to(static).as_posix() for file in files],
        "AWAY": url_for("kiosk.away"),
        "HELD": url_for("kiosk.held"),
    }
    lines = [f"const {name} = {to_json_text(value)};" for name, value in facts.items()]
    script = "\n".join([*lines, (static / WORKER).read_text()])
    return Response(script, mimetype="text/javascript", headers={"Cache-Control": "no-cache"})


@public
def away() -> str:
    """Show what stands at a kiosk while the server is away."""
    return render_template("kiosk/away.html")


@at_terminal
def held() -> Response:
    """Say which pages this kiosk is to hold, with the files they name: modules of its place and of whoever is here."""
    person_id = somebody().id if is_signed_in_here() else None
    editions = queries.held_editions(this_terminal().id, person_id, today())
    pages = [(edition.id, language) for edition in editions for language in edition.player["languages"]]
    return reply({"pages": [url_for("kiosk.edition", edition_id=id, language=language) for id, language in pages]})


def tell_the_time(response: BaseResponse) -> BaseResponse:
    """Say with each answer what time it is here, in milliseconds since 1970, and of which epoch the database is.

    Ask for patience where that is needed.
    """
    response.headers["Server-Time"] = str(round(now().timestamp() * 1000))
    if known := epoch.current():
        response.headers["Database-Epoch"] = str(known)
    if response.status_code == 503:
        response.headers["Retry-After"] = "5"
    return response
