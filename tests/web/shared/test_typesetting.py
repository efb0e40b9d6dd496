"""French words as they are shown: what belongs together is not parted at a line's end."""

import pytest
from flask import Flask
from flask_babel import gettext, ngettext

from lms.web.shared import translations
from lms.web.shared.typesetting import french

WIDE, NARROW = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("plain", "shown"),
    [
        ("Qui ? Vous ! Oui ; non.", "Qui_? Vous_! Oui_; non."),
        ("Rien : « %(words)s »", "Rien~: «~%(words)s~»"),
        ("%(share)s %% de %(minutes)s min, 2 000 Hz", "%(share)s~%% de %(minutes)s~min, 2_000~Hz"),
        ("5 %(unit)s, 10 minutes, 3 s’il", "5 %(unit)s, 10 minutes, 3 s’il"),
        ("de 10:30 à 12:00, https://exemple.fr/?a=1", "de 10:30 à 12:00, https://exemple.fr/?a=1"),
    ],
)
def test_what_belongs_together_stays(plain: str, shown: str) -> None:
    wanted = shown.replace("~", WIDE).replace("_", NARROW)
    assert french(plain) == wanted
    assert french(wanted) == wanted


def test_words_are_typeset_as_they_are_read(monkeypatch: pytest.MonkeyPatch, app: Flask) -> None:
    monkeypatch.setitem(translations.TYPESET, "fr", french)
    with app.test_request_context():
        assert gettext("What waits today?") == f"Qu’est-ce qui attend aujourd’hui{NARROW}?"
        assert ngettext("Plan this time", "Plan these %(num)s times", 2) == "Prévoir ces 2 heures"
