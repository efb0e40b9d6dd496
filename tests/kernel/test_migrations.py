"""What a server need not load, it does not load."""

import subprocess
import sys
from datetime import time

from flask import Flask
from sqlalchemy import text

from lms.kernel import migrations
from lms.kernel.database import db, writing
from lms.people.models import Shift


def test_a_server_never_loads_alembic() -> None:
    loaded = (
        "import sys, runpy, lms.application; print({'alembic', 'flask_migrate', 'mako', 'pygments'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_both_doors_take_the_same_commands() -> None:
    doors = (["wsgi.py"], ["-m", "flask", "--app", "wsgi"])
    for door in doors:
        done = subprocess.run([sys.executable, *door, "content", "schema"], capture_output=True, text=True, check=True)
        assert done.stdout.startswith("{"), door


def test_what_sqlite_knows_of_its_tables_is_whole_again_after_a_migration(app: Flask) -> None:
    known = text("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'shifts'")
    with app.app_context(), writing():
        migrations.count_anew()
        assert not db.session.scalar(text("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'"))
        db.session.add(Shift(code="N", name="Nuit", starts_at=time(21), ends_at=time(5)))
        db.session.flush()
        db.session.execute(text("ANALYZE"))
        db.session.execute(text("DELETE FROM sqlite_stat1 WHERE tbl = 'shifts'"))
        db.session.commit()
        migrations.count_anew()
        assert db.session.scalar(known) == 1
