"""Files for whoever installs: they parse, and hold what a kiosk must not be without."""

import json
import subprocess
from pathlib import Path

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"


def test_the_policy_of_a_kiosk_keeps_its_storage_and_shows_its_own_site_alone() -> None:
    policy = json.loads((DEPLOY / "kiosk/chromium-policy.json").read_text())
    assert policy["URLBlocklist"] == ["*"]
    assert policy["AllowBackForwardCacheForCacheControlNoStorePageEnabled"] is False
    assert policy["SSLErrorOverrideAllowed"] is False
    # Answers that wait for the network, and the enrolment itself, lie in the profile.
    assert not {"ForceEphemeralProfiles", "ClearBrowsingDataOnExitList", "DefaultCookiesSetting"} & set(policy)


def test_the_script_that_starts_a_kiosk_is_sound_and_keeps_a_profile() -> None:
    script = DEPLOY / "kiosk/etabli-kiosk.sh"
    subprocess.run(["sh", "-n", str(script)], check=True)
    words = script.read_text()
    assert "--user-data-dir" in words
    assert "--incognito" not in words
