"""Pages that show the components."""

from pathlib import Path

from flask import current_app, render_template, request

from lms.kernel.refusals import NotFound
from lms.web.patterns.forms import Example, Narrowing
from lms.web.shared.guards import public

DESK = (
    "patterns/desk/button.html",
    "patterns/desk/downloads.html",
    "patterns/desk/badge.html",
    "patterns/desk/verdict.html",
    "patterns/desk/progress.html",
    "patterns/desk/job.html",
    "patterns/desk/big_number.html",
    "patterns/desk/notice.html",
    "patterns/desk/card.html",
    "patterns/desk/definitions.html",
    "patterns/desk/filters.html",
    "patterns/desk/table.html",
    "patterns/desk/pagination.html",
    "patterns/desk/problem_list.html",
    "patterns/desk/figure.html",
    "patterns/desk/form.html",
    "patterns/desk/steps.html",
    "patterns/desk/tabs.html",
    "patterns/desk/breadcrumb.html",
    "patterns/desk/dialog.html",
    "patterns/desk/empty_state.html",
    "patterns/desk/icon.html",
)
KIOSK = {
    "welcome": "patterns/kiosk/welcome.html",
    "pin": "patterns/kiosk/pin.html",
    "modules": "patterns/kiosk/modules.html",
    "card": "patterns/kiosk/card.html",
    "picture": "patterns/kiosk/picture.html",
    "safety": "patterns/kiosk/safety.html",
    "question": "patterns/kiosk/question.html",
    "done": "patterns/kiosk/done.html",
    "unknown": "patterns/kiosk/unknown.html",
}

LEVELS = ("danger", "warning", "mandatory", "prohibited", "information")


@public
def index() -> str:
    """Show the components of the desk, and the way to the kiosk's screens."""
    faulty = Example()
    faulty.validate()
    return render_template(
        "patterns/index.html",
        examples=[(Path(path).stem, path, _source(path)) for path in DESK],
        screens=KIOSK,
        form=faulty,
        narrowing=Narrowing(request.args),
    )


@public
def screen(name: str) -> str:
    """Show one screen of the kiosk; `answered` may be right, again or kept, `level` that of a safety notice."""
    if name not in KIOSK:
        raise NotFound()
    level = request.args.get("level", "warning")
    if level not in LEVELS:
        raise NotFound()
    return render_template(KIOSK[name], answered=request.args.get("answered"), level=level)


def _source(path: str) -> str:
    return (Path(current_app.root_path) / "templates" / path).read_text().strip()
