"""What people see, by audience.

Each blueprint has its URLs on one page (`urls.py`), thin views and WTForms.
No SQL here.
"""

from flask import Flask

from lms.web.account.urls import blueprint as account
from lms.web.admin.urls import blueprint as admin
from lms.web.api.urls import blueprint as api
from lms.web.audits.urls import blueprint as audits
from lms.web.kiosk.urls import blueprint as kiosk
from lms.web.patterns.urls import blueprint as patterns
from lms.web.privacy.urls import blueprint as privacy
from lms.web.proof.urls import blueprint as proof
from lms.web.scim.urls import blueprint as scim
from lms.web.shared import (
    assets,
    branding,
    guards,
    identity,
    looking,
    problems,
    refusals,
    security,
    sessions,
    templating,
    transactions,
    translations,
)
from lms.web.shared.urls import blueprint as shared
from lms.web.studio.urls import blueprint as studio
from lms.web.surveys.urls import blueprint as surveys
from lms.web.teams.urls import blueprint as teams

BLUEPRINTS = (shared, account, admin, api, audits, kiosk, privacy, proof, scim, studio, surveys, teams)


def init_app(app: Flask) -> None:
    """Give the application its pages."""
    translations.init_app(app)
    sessions.init_app(app)
    identity.init_app(app)
    security.init_app(app)
    transactions.init_app(app)
    looking.init_app(app)  # After the transactions: what comes later is asked first once a page is made.
    templating.init_app(app)
    refusals.init_app(app)
    problems.init_app(app)
    guards.init_app(app)
    assets.init_app(app)
    branding.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if app.config["DEVELOPMENT"]:
        app.register_blueprint(patterns)
