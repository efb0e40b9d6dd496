"""One evaluation of the small plant, made once for all tests of its documents."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lms.application import create_app
from lms.evaluation import actions, queries
from lms.evaluation.models import Evaluation, Pilot
from lms.kernel import migrations
from lms.kernel.database import db, writing
from tests.evaluation.plant import AFTER, END, Plant


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where drawings are kept, so that each is drawn once."""
    return tmp_path_factory.mktemp("drawn")


@pytest.fixture(scope="module")
def plant_evaluated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Pilot, Evaluation]]:
    """The pilot of the small plant and its evaluation."""
    app = create_app({"INSTANCE_DIR": tmp_path_factory.mktemp("reports"), "SECRET_KEY": "k", "DATABASE_URL": ""})
    with app.app_context(), writing():
        migrations.bring_up()
        plant = Plant()
        pilot = plant.frozen(illustrative=True)
        plant.learn()
        evaluation = actions.evaluate(pilot, END, by=None, now=AFTER)
        db.session.commit()
        yield queries.pilot("pilot"), evaluation
