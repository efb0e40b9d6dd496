"""Views are saved, shared in a role, kept as files on their day, and forgotten."""

from datetime import timedelta

from flask import Flask

from lms.kernel.clock import hold, local_day
from lms.kernel.database import db, writing
from lms.kernel.jobs import kinds
from lms.people.permissions import Role
from lms.reports.figures.jobs import EXPORT
from lms.reports.figures.models import SavedView
from lms.reports.figures.saving import figures_of
from tests.strict import StrictBrowser
from tests.web.teams.plant import learning_plant
from tests.web.teams.test_people import MONDAY, signed_in


def test_a_view_is_kept_on_its_day_and_fetched_by_whoever_has_its_role(app: Flask, browse: StrictBrowser) -> None:
    later = MONDAY + timedelta(days=10)
    with hold(MONDAY):
        with app.app_context(), writing():
            learning_plant({"A": 25, "B": 24, "C": 3}, {"A": 21, "B": 19, "C": 2})
        signed_in(browse, Role.STAFF_REPRESENTATIVE)
        given = {"name": "Pour le CSE", "role": "staff_representative", "day": str(later.day), "format": "csv"}
        save = browse.address("teams.save_view", which="completion", by="team")
        assert browse.client.post(save, data=given).status_code == 302
        assert "déjà une vue" in browse.client.post(save, data=given).get_data(as_text=True)
        with app.app_context():
            assert list(EXPORT.due(MONDAY)) == []
    with hold(later), app.app_context(), writing():
        [(subject, arguments)] = EXPORT.due(later)
        assert arguments["as_of"] == "2026-03-08", "who sees no names is told of whole weeks"
        EXPORT.keep(EXPORT.work(kinds.Asked(arguments, None), kinds.silent))
        browse.app.extensions["sqlalchemy"].session.commit()
        assert list(EXPORT.due(later)) == []
        view = db.session.get_one(SavedView, arguments["view"])
        narrowed = SavedView(person_id=view.person_id, role=view.role, wanted={**view.wanted, "recommendation_id": 1})
        assert figures_of(narrowed, later.date(), later.date()) is None, "recommendations overlap"
        assert local_day(later).day == later.day
        assert subject
    with hold(MONDAY):
        page = browse.get("teams.saved_views")
        [address] = [link["href"] for link in page.select("tbody td a")]
        kept = browse.client.get(address).get_data().decode("utf-8-sig")
        assert kept.splitlines()[2].startswith("Team A;25;0;21")
        assert "non montré" in kept
        assert browse.client.get(page.select("tbody th a")[0]["href"]).status_code == 200
        forget = page.select("tbody form")[0]["action"]
        assert browse.client.post(forget).status_code == 302
        assert browse.client.get(address).status_code == 404
