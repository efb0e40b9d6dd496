"""Check the vendored assets against their manifests, or fetch them again.

    python deploy/vendor.py            check every file's sha384
    python deploy/vendor.py --fetch    download the archives with npm, cut, and write the hashes

Run by a developer, never by the server. To move to another version: change it in
`vendor.json`, run with `--fetch`, look at the difference, commit both. To add an
icon: add its Lucide name to `icons`, run with `--fetch`.
"""

import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MANIFESTS = [ROOT / "static/vendor/vendor.json", ROOT / "tests/vendor/vendor.json"]
ICON_BODY = re.compile(r"<svg.*?>(.*)</svg>", re.S)


def sha384(path: Path) -> str:
    """Return the file's hash in the notation of subresource integrity."""
    return "sha384-" + base64.b64encode(hashlib.sha384(path.read_bytes()).digest()).decode()


def folder(manifest: Path, package: dict) -> Path:
    """Return where the package's files lie, e.g. `static/vendor/bootstrap-5.3.9`."""
    return manifest.parent / f"{package['name']}-{package['version']}"


def faults(manifest: Path) -> list[str]:
    """Return one line per file that is missing, changed or not in the manifest."""
    found = []
    listed = {manifest}
    for package in json.loads(manifest.read_text()):
        for name, file in package["files"].items():
            path = folder(manifest, package) / name
            listed.add(path)
            if not path.is_file():
                found.append(f"{path.relative_to(ROOT)} is missing")
            elif sha384(path) != file["sha384"]:
                found.append(f"{path.relative_to(ROOT)} does not match its sha384")
    # What the server compresses at start lies beside the originals.
    present = {path for path in manifest.parent.rglob("*") if path.is_file() and path.suffix not in {".gz", ".part"}}
    found += [f"{path.relative_to(ROOT)} is not in the manifest" for path in sorted(present - listed)]
    return found


def sprite(unpacked: Path, icons: list[str]) -> str:
    """Return one SVG file with a symbol per icon, named as Lucide names it."""
    symbols = []
    for icon in sorted(icons):
        drawing = ICON_BODY.search((unpacked / f"icons/{icon}.svg").read_text())[1]
        symbols.append(f'<symbol id="{icon}" viewBox="0 0 24 24">{" ".join(drawing.split())}</symbol>')
    body = "\n".join(symbols).replace(" />", "/>").replace("> <", "><")
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{body}\n</svg>\n'


def fetch(package: dict, target: Path, workshop: Path) -> None:
    """Unpack the published archive and copy the listed files; fill in their hashes."""
    wanted = f"{package['package']}@{package['version']}"
    packed = subprocess.run(
        ["npm", "pack", "--silent", wanted], cwd=workshop, check=True, capture_output=True, text=True
    )
    package["archive"] = packed.stdout.strip()
    unpacked = workshop / package["name"]
    with tarfile.open(workshop / package["archive"]) as archive:
        archive.extractall(unpacked, filter="data")
    target.mkdir(parents=True, exist_ok=True)
    for name, file in package["files"].items():
        if file["from"] == "icons":
            (target / name).write_text(sprite(unpacked / "package", package["icons"]))
        else:
            shutil.copyfile(unpacked / "package" / file["from"], target / name)
        (target / name).chmod(0o644)
        file["sha384"] = sha384(target / name)


def main(arguments: list[str]) -> int:
    for manifest in MANIFESTS if "--fetch" in arguments else []:
        packages = json.loads(manifest.read_text())
        for package in packages:
            with tempfile.TemporaryDirectory() as workshop:
                fetch(package, folder(manifest, package), Path(workshop))
        manifest.write_text(json.dumps(packages, indent=2, ensure_ascii=False) + "\n")
    found = [fault for manifest in MANIFESTS for fault in faults(manifest)]
    print("\n".join(found) or "Every vendored file matches its sha384.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
