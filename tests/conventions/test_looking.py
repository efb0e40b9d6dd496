"""Whoever may see names leaves a trace where they see them: no view forgets it."""

from flask import Flask

from lms.people.permissions import NAMING
from lms.web.admin.journal_words import PAGES


def test_every_view_that_may_show_names_says_whom_or_why_not(app: Flask) -> None:
    silent = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods and _may_name(view := app.view_functions[rule.endpoint])
        and not hasattr(view, "looks") and not hasattr(view, "names_nobody")
    ]  # fmt: skip
    assert not silent, f"put `looks` or `names_nobody` of lms.web.shared.looking on {sorted(set(silent))}"


def test_the_journal_has_words_for_every_page_in_which_people_are_named(app: Flask) -> None:
    """Programs are no part of it: `api` and `scim` are read with tokens."""
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods}
    named = {page for page in pages if hasattr(app.view_functions[page], "looks")}
    assert {page for page in named if page.split(".")[0] not in ("api", "scim")} == set(PAGES)


def _may_name(view: object) -> bool:
    guard = getattr(view, "guard", ())
    guard = getattr(view, "permissions", ()) if guard == "bearer" else guard
    return isinstance(guard, tuple) and bool(NAMING & set(guard))
