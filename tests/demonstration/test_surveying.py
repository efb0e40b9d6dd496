"""The simulated surveys: every kind of wave, one shift less favourable, some decline, one in haste, small groups."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from flask import Flask

from lms.demonstration.building import build
from lms.demonstration.surveying import survey
from lms.kernel.database import db, writing
from lms.surveys import queries
from lms.surveys.results import WaveFigures, figures
from lms.surveys.rules import WaveState

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
OPENING = NOW - timedelta(weeks=10)


@pytest.fixture
def surveyed(app: Flask) -> Flask:
    with app.app_context(), writing():
        early = OPENING - timedelta(days=21)
        plant = build(72, 10, OPENING.date(), Random(7), early)
        survey(plant, OPENING, NOW, 7, db.session.commit)
    return app


def results(code: str) -> WaveFigures:
    wave = queries.wave(code)
    return figures(wave.content, wave.cells, queries.responses_of(wave), wave.scale_points, 10)


def test_the_surveys(surveyed: Flask) -> None:
    with surveyed.app_context():
        states = {wave.code: wave.state(NOW) for wave, _ in queries.every_wave()}
        assert {code for code, state in states.items() if state is WaveState.OPEN} == {"DIG-2", "REA-2"}
        assert {code for code, state in states.items() if state is WaveState.CLOSED} == {
            "ADH-1",
            "ADH-2",
            "CLI-1",
            "DIG-1",
            "FOR-1",
            "REA-1",
            "TRA-1",
        }
        before, after = results("ADH-1"), results("ADH-2")
        assert after.everyone.scores.mean > before.everyone.scores.mean
        means = {group.shift: group.scores.mean for group in after.groups if group.alone}
        assert means["nuit"] < min(means["matin"], means["apres-midi"])
        assert after.sensitivity.hasty == 1
        assert after.everyone.respondents < after.everyone.invited
        assert results("FOR-1").everyone.scores.hidden
        assert all(wave.illustrative for wave, _ in queries.every_wave())
        closed = queries.waves(None, NOW)
        assert len(closed) == 7
        assert all(wave.respondents / wave.invited >= 0.6 for wave in closed)
