"""What a kiosk keeps for when the server is away: the service worker, the page that then stands there, what is held.

Nothing of this is anybody's: the shell, and modules as they were published.
"""

from contextlib import AbstractContextManager
from pathlib import Path

from flask import Response, current_app, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from lms.catalogue.queries import FrozenEdition
from lms.delivery import queries
from lms.delivery.sealing import public_key
from lms.kernel import epoch, speech
from lms.kernel.clock import came, now, today
from lms.kernel.json import to_json_text
from lms.kernel.languages import KIOSK_LANGUAGES, in_language, speaking
from lms.kernel.refusals import NotFound
from lms.kernel.release import VERSION
from lms.kernel.settings import setting
from lms.web.kiosk.asserted import certifying
from lms.web.kiosk.guards import at_terminal, is_signed_in_here, this_terminal
from lms.web.kiosk.messages import reply
from lms.web.kiosk.practice import held_pages, practice_page
from lms.web.shared.branding import dress
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
        "VERSION": f"{VERSION}-{prefix.strip('/').split('/')[-1]}-{dress().version}",
        "SHELL": [prefix + file.relative_to(static).as_posix() for file in files],
        "AWAY": [
            url_for(endpoint, language=language)
            for endpoint in ("kiosk.away", "kiosk.away_code", "kiosk.away_practice")
            for language in _languages()
        ],
        "HELD": url_for("kiosk.held"),
    }
    lines = [f"const {name} = {to_json_text(value)};" for name, value in facts.items()]
    script = "\n".join([*lines, (static / WORKER).read_text()])
    return Response(script, mimetype="text/javascript", headers={"Cache-Control": "no-cache"})


def _languages() -> list[str]:
    """Return the languages of what stands at a kiosk while the server is away, the site's own first."""
    return sorted(KIOSK_LANGUAGES, key=lambda language: language != setting("DEFAULT_LANGUAGE"))


@public
def away(language: str) -> str:
    """Show what stands at a kiosk while the server is away, in one of its languages."""
    with _speaking(language):
        return render_template("kiosk/away.html", spoken=KIOSK_LANGUAGES, languages={})


@public
def away_code(language: str) -> str:
    """Show the keys for a personal code, while the server is away."""
    with _speaking(language):
        return render_template("kiosk/code.html", languages={}, back=url_for("kiosk.away", language=language))


@public
def away_practice(language: str) -> str:
    """Show the page of practice, which the kiosk fills with what it holds for whoever stands there."""
    with _speaking(language):
        return practice_page()


def _speaking(language: str) -> AbstractContextManager[None]:
    if language not in KIOSK_LANGUAGES:
        raise NotFound()
    return speaking(language)


@at_terminal
def held() -> Response:
    """Say what this kiosk is to hold: pages of modules of its place and of whoever is here, in all their languages.

    And what it needs when it reads a badge while the server is away: which of these modules
    a badge alone opens, and the key to which the number is sealed.
    """
    person_id = somebody().id if is_signed_in_here() else None
    editions = queries.held_editions(this_terminal().id, person_id, today())
    pages = [page["page"] for edition in editions for page in _pages(edition).values()]
    learning = queries.learning_editions(editions, certifying())
    return reply(
        {
            "pages": [*dict.fromkeys([*pages, *(held_pages() if person_id else ())])],
            "voices": _voices(editions),
            "learning": [_pages(edition) for edition in learning],
            "server_key": public_key(setting("SECRET_KEY")),
        }
    )


def _voices(editions: list[FrozenEdition]) -> dict[str, int]:
    """Return how many voices each page has: they are made after an edition is out, and its page is then held anew."""
    made = speech.recordings(one for edition in editions for one in edition.every_speech())
    return {
        page["page"]: sum(one in made for one in edition.speeches(language).values())
        for edition in editions
        for language, page in _pages(edition).items()
    }


def _pages(edition: FrozenEdition) -> dict[str, dict[str, str]]:
    """Return the page of an edition and its title, by language."""
    return {
        language: {
            "page": url_for("kiosk.edition", edition_id=edition.id, language=language),
            "title": in_language(edition.player["title"], language),
        }
        for language in edition.player["languages"]
    }


def tell_the_time(response: BaseResponse) -> BaseResponse:
    """Say with each answer what time it is here, in milliseconds since 1970, and of which epoch the database is.

    The time is the middle of what the request took here, as what the kiosk measures has its middle there (RFC 5905,
    section 8). Ask for patience where that is needed.
    """
    response.headers["Server-Time"] = str(round((came().timestamp() + now().timestamp()) / 2 * 1000))
    if known := epoch.current():
        response.headers["Database-Epoch"] = str(known)
    if response.status_code == 503:
        response.headers["Retry-After"] = "5"
    return response
