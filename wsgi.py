"""The door for servers and for `flask --app wsgi …`."""

from lms.application import create_app

app = create_app()
