"""Archives that mean harm are refused, whatever they are called."""

import struct
import tracemalloc
import warnings
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.kernel.archives import Limits, read_zip
from lms.kernel.refusals import FileRefused


def packed(*entries: tuple[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    target = BytesIO()
    with warnings.catch_warnings(), ZipFile(target, "w", method) as archive:
        warnings.simplefilter("ignore")  # zipfile warns of a name given twice
        for name, data in entries:
            archive.writestr(name, data)
    return target.getvalue()


def codes(data: bytes, limits: Limits | None = None) -> list[str]:
    with pytest.raises(FileRefused) as refused:
        read_zip(BytesIO(data), "x.zip", limits)
    return [problem.code for problem in refused.value.problems]


def test_files_come_back() -> None:
    files = {"module.yaml": b"a: 1\n", "media/été.svg": b"<svg/>" * 100, "empty": b""}
    assert read_zip(BytesIO(packed(("media/", b""), *files.items())), "x.zip") == files


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "a/../../x",
        "/etc/passwd",
        "C:/x",
        "a\\b",
        "a//b",
        "./a",
        "a\x07b",
        "a\u202eb",
        "con.txt",
        "x" * 201,
        "a/" * 21 + "b",
    ],
)
def test_names_that_lead_elsewhere(name: str) -> None:
    assert codes(packed(("good", b"x"), (name, b"x"))) == ["archive.name"]


@pytest.mark.parametrize(
    ("first", "second"),
    [("a", "a"), ("a", "A"), ("é", "e\u0301"), ("straße", "STRASSE")],
)
def test_names_that_mean_the_same_file(first: str, second: str) -> None:
    assert codes(packed((first, b"1"), (second, b"2"))) == ["archive.twice"]


def test_limits() -> None:
    data = packed(("a", b"x" * 60), ("b", b"y" * 60))
    assert codes(data, Limits(entries=1)) == ["archive.too_many"]
    assert codes(data, Limits(each=59)) == ["archive.too_large"]
    assert codes(data, Limits(whole=119)) == ["archive.too_large"]
    assert codes(packed(("a", b"\0" * 2_000_000))) == ["archive.bomb"]
    assert codes(packed(("a", b"x"), method=ZIP_BZIP2)) == ["archive.method"]


def test_an_entry_that_holds_more_than_it_says() -> None:
    honest = packed(("a", b"x" * 5000))
    lying = honest.replace(struct.pack("<I", 5000), struct.pack("<I", 50))
    assert codes(lying)[0] in ("archive.bomb", "archive.damaged")


def test_a_link_is_no_file() -> None:
    link = ZipInfo("link")
    link.external_attr = 0o120777 << 16
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert codes(target.getvalue()) == ["archive.not_a_file"]


FIXTURES = [
    ("png_renamed.zip", "archive.not_zip"),
    ("pptx_0byte.pptx", "archive.not_zip"),
    ("scorm_truncated.zip", "archive.damaged"),
    ("scorm_encrypted.zip", "archive.encrypted"),
    ("scorm_symlink.zip", "archive.not_a_file"),
    ("scorm_zipslip_dotdot.zip", "archive.name"),
    ("scorm_zipslip_absolute.zip", "archive.name"),
    ("cmi5_zipslip.zip", "archive.name"),
    ("scorm_many_entries_12000.zip", "archive.too_many"),
    ("scorm_bomb_600MB.zip", "archive.too_large"),
]
"""What each of them is stands in the fixtures' MANIFEST.csv."""


@pytest.mark.parametrize(("name", "code"), FIXTURES)
def test_hostile_fixtures(shared: Path, name: str, code: str) -> None:
    data = (shared / "fixtures/security" / name).read_bytes()
    tracemalloc.start()
    assert set(codes(data)) == {code}
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert used < 10_000_000, "a refusal costs no memory"
    assert not list(Path("/dev/shm").glob("pwned_*"))


@given(st.binary(max_size=300), st.integers(0, 200), st.binary(max_size=4))
def test_any_bytes_are_read_or_refused(noise: bytes, at: int, change: bytes) -> None:
    real = packed(("module.yaml", b"a: 1\n"), ("media/a.svg", b"<svg/>" * 9))
    for data in (noise, noise + real, real + noise, real[:at] + change + real[at + len(change) :]):
        try:
            assert all(isinstance(held, bytes) for held in read_zip(BytesIO(data), "x.zip").values())
        except FileRefused as refused:
            assert refused.problems  # noqa: PT017
