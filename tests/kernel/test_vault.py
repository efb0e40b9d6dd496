"""What is sealed is read again for its own purpose and with its own key alone."""

import pytest
from flask import Flask

from lms.kernel import vault


def test_sealed_for_a_purpose(app: Flask) -> None:
    with app.app_context():
        sealed = vault.seal("app 1", b"JBSWY3DPEHPK3PXP")
        assert b"JBSWY" not in sealed
        assert sealed != vault.seal("app 1", b"JBSWY3DPEHPK3PXP")
        assert vault.unseal("app 1", sealed) == b"JBSWY3DPEHPK3PXP"
        for purpose, content in (("app 2", sealed), ("app 1", sealed[:-1]), ("app 1", b"")):
            with pytest.raises(vault.Unreadable):
                vault.unseal(purpose, content)
        app.config["SECRET_KEY"] = "another"
        with pytest.raises(vault.Unreadable):
            vault.unseal("app 1", sealed)
