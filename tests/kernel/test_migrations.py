"""What a server need not load, it does not load."""

import subprocess
import sys


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
