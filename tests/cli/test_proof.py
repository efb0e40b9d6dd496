"""`flask proof verify`: the register stands, or says where it does not."""

import json

from flask import Flask
from sqlalchemy import text

from lms.kernel.database import db, writing
from lms.proof import issuing
from tests.people.making import NOW
from tests.proof.hall import Hall


def verified(app: Flask) -> tuple[int, dict[str, object]]:
    run = app.test_cli_runner().invoke(args=["proof", "verify", "--json"])
    return run.exit_code, json.loads(run.stdout)


def test_the_register_is_verified(app: Flask) -> None:
    with app.app_context(), writing():
        hall = Hall()
        hall.completes(hall.amina)
        issuing.certify(hall.amina, hall.module_id, "fr", None, NOW)
        db.session.commit()
    assert verified(app) == (0, {"documents": 1, "equal": True, "faults": []})
    with app.app_context(), writing():
        db.session.execute(text("UPDATE proof_holders SET given_name = 'Forged'"))
        db.session.commit()
    assert verified(app) == (1, {"documents": 1, "equal": False, "faults": [{"sequence": 1, "verdict": "altered"}]})
