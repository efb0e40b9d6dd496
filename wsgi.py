"""The door for servers, for `flask --app wsgi …` and for `python wsgi.py …`.

The two take the same commands. The second loads nothing that the command does not ask for:
Flask's own program loads Alembic for each, which costs a server a tenth of its memory.
"""

import gc

from flask.cli import ScriptInfo

# What is made while loading stays until the end: the collector need not look at it, then or later.
gc.disable()

from lms.application import create_app  # noqa: E402  (loading is what the line above is for)
from lms.kernel import migrations  # noqa: E402

app = create_app()
if __name__ != "__main__":
    migrations.init_app(app)

gc.freeze()
gc.enable()

if __name__ == "__main__":
    app.cli(obj=ScriptInfo(create_app=lambda: app))
