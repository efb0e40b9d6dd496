"""What few requests need is loaded by the first that does."""

import subprocess
import sys
from pathlib import Path

import pytest

from lms.web.shared.late import Views, Words

STARTED = """
import sys
from pathlib import Path
from sqlalchemy.orm import configure_mappers
from lms.application import create_app
from lms.kernel.database import db
app = create_app({"INSTANCE_DIR": Path(sys.argv[1]), "SECRET_KEY": "test", "DATABASE_URL": ""})
configure_mappers()
for table in db.metadata.tables.values():
    for key in table.foreign_keys:
        key.column
print(*(name for name in sys.modules if name.startswith("lms.")))
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def test_a_view_is_loaded_when_it_is_called(folder: Path) -> None:
    (folder / "late_views.py").write_text("def page(code): return code * 2\npage.guard = 'public'\n")
    view = Views("late_views").page
    assert view.__name__ == "page"
    assert "late_views" not in sys.modules
    assert (view.guard, view("a")) == ("public", "aa")
    assert not hasattr(view, "commits_itself")
    assert not hasattr(Views("late_views").missing, "guard")


def test_words_are_loaded_until_they_say_what_is_looked_for(folder: Path) -> None:
    words, names = Words(), ["late_a", "late_b", "late_c"]
    for name in names:
        (folder / f"{name}.py").write_text("said = False\ndef add_words():\n    global said\n    said = True\n")
        words.say_when_asked(name)
    words.look_for(lambda: "late_b" in sys.modules)
    assert [name for name in names if name in sys.modules and sys.modules[name].said] == names[:2]
    words.look_for(lambda: False)
    assert sys.modules["late_c"].said


def test_a_server_starts_without_the_rooms_of_evaluations_and_with_every_table_it_refers_to(tmp_path: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", STARTED, str(tmp_path)], capture_output=True, text=True, check=True)  # noqa: S603
    loaded = set(ran.stdout.split())
    assert "lms.web.kiosk.entering" in loaded
    assert (
        not {"lms.evaluation.queries", "lms.reports.page", "lms.web.audits.audits", "lms.web.studio.editing"} & loaded
    )
