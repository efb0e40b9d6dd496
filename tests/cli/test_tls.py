"""`flask tls`: certificates and the sheets for whoever installs kiosks."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Error, Playwright

from tests.browsing import ARGUMENTS, CHROMIUM
from tests.kernel.test_certificates import served

MAKE = ["tls", "make", "--host", "localhost", "--ip", "127.0.0.1", "--owner", "Plant", "--json"]


def run(app: Flask, *words: str) -> dict:
    result = app.test_cli_runner().invoke(args=list(words))
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_made_once_shown_and_renewed(app: Flask) -> None:
    made = run(app, *MAKE)
    assert made["names"] == ["localhost", "127.0.0.1"]
    assert 820 < made["days_left"] < 825
    assert run(app, "tls", "show", "--json") == made
    again = app.test_cli_runner().invoke(args=MAKE)
    assert (again.exit_code, again.stdout) == (1, "")
    assert "authority.key" in again.stderr
    assert run(app, "tls", "renew", "--json")["fingerprint"] == made["fingerprint"]
    outside = app.test_cli_runner().invoke(args=["tls", "renew", "--host", "elsewhere.example"])
    assert (outside.exit_code, "elsewhere.example" in outside.stderr) == (1, True)


@pytest.mark.parametrize(("language", "title"), [("fr", "Faire confiance au serveur"), ("en", "Make a kiosk trust")])
def test_a_sheet_says_how_and_what_to_compare(app: Flask, language: str, title: str) -> None:
    made = run(app, *MAKE)
    sheet = (Path(made["folder"]) / f"installation.{language}.html").read_text()
    assert title in sheet
    assert made["fingerprint"] in sheet
    assert "certutil -addstore -f Root authority.cer" in sheet
    assert "https://localhost/" in sheet
    assert "PRIVATE KEY" not in sheet


def test_chromium_trusts_the_authority_once_it_is_told(app: Flask, playwright: Playwright, tmp_path: Path) -> None:
    """As the sheet says for Linux: the store of the user, filled with certutil of the NSS tools."""
    if shutil.which("certutil") is None:
        pytest.skip("no certutil (Debian: libnss3-tools) on this machine")
    folder = Path(run(app, *MAKE)["folder"])
    store = tmp_path / "home/.pki/nssdb"
    store.mkdir(parents=True)

    def certutil(*words: str) -> None:
        subprocess.run(["certutil", "-d", f"sql:{store}", *words], check=True)

    def visit(port: int, name: str) -> None:
        context = playwright.chromium.launch_persistent_context(
            tmp_path / f"profile-{name}", executable_path=CHROMIUM, args=ARGUMENTS, env={"HOME": str(tmp_path / "home")}
        )
        try:
            context.new_page().goto(f"https://{name}:{port}/")
        finally:
            context.close()

    certutil("-N", "--empty-password")
    with served(folder) as port:
        with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
            visit(port, "localhost")
        certutil("-A", "-t", "C,,", "-n", "Etabli", "-i", str(folder / "authority.crt"))
        for name in ("localhost", "127.0.0.1"):
            visit(port, name)
