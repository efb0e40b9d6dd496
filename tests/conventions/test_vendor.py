"""What others wrote is here unchanged, named, licensed and pinned."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MANIFESTS = [ROOT / "static/vendor/vendor.json", ROOT / "tests/vendor/vendor.json"]
PACKAGES = [(manifest, package) for manifest in MANIFESTS for package in json.loads(manifest.read_text())]


def test_every_vendored_file_matches_its_hash():
    checked = subprocess.run([sys.executable, ROOT / "deploy/vendor.py"], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize(("manifest", "package"), PACKAGES, ids=[package["name"] for _, package in PACKAGES])
def test_every_package_says_its_licence_and_brings_its_text(manifest, package):
    assert package["licence"]
    assert "LICENSE" in package["files"]
    assert package["archive"].endswith(f"{package['version']}.tgz")
