"""The plant's own authority: real connections verified against it, and refused where they must be."""

import socket
import ssl
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from lms.kernel import certificates
from lms.kernel.certificates import AuthorityMissing, FileThere, NameNeeded, NameRefused, Names

NOW = datetime.now(UTC)
ANSWER = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\nkept"
LOCAL = Names(("localhost",), ("127.0.0.1",))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "tls"


@contextmanager
def served(folder: Path, key: str = "server.key", certificate: str = "server.crt") -> Iterator[int]:
    """A server that speaks TLS with the pair of the folder; its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / certificate, folder / key)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    try:
                        with context.wrap_socket(connection, server_side=True) as secure:
                            secure.recv(4096)
                            secure.sendall(ANSWER)
                    except (ssl.SSLError, OSError):
                        continue

        threading.Thread(target=answer, daemon=True).start()
        yield listener.getsockname()[1]


def says(port: int, name: str, authority: Path) -> bytes:
    """Connect as a browser would that trusts the authority and asks for this name."""
    context = ssl.create_default_context(cafile=str(authority))
    with (
        socket.create_connection(("127.0.0.1", port), timeout=5) as connection,
        context.wrap_socket(connection, server_hostname=name) as secure,
    ):
        secure.sendall(b"GET / HTTP/1.0\r\n\r\n")
        return secure.recv(100)


def test_a_connection_is_trusted_by_name_and_by_address(folder: Path) -> None:
    certificates.make(folder, LOCAL, (), "Plant", NOW)
    with served(folder) as port:
        for name in ("localhost", "127.0.0.1"):
            assert says(port, name, folder / "authority.crt") == ANSWER
        with pytest.raises(ssl.SSLCertVerificationError, match="mismatch"):
            says(port, "elsewhere.example", folder / "authority.crt")


def test_another_plants_authority_is_not_trusted(folder: Path, tmp_path: Path) -> None:
    certificates.make(folder, LOCAL, (), "Plant", NOW)
    certificates.make(tmp_path / "other", LOCAL, (), "Other", NOW)
    with served(folder) as port, pytest.raises(ssl.SSLCertVerificationError, match="verify failed"):
        says(port, "localhost", tmp_path / "other/authority.crt")


def test_renewed_under_the_same_authority_kiosks_need_nothing_new(folder: Path) -> None:
    first = certificates.make(folder, LOCAL, (), "Plant", NOW)
    authority = (folder / "authority.crt").read_bytes()
    later = NOW + timedelta(days=100)
    second = certificates.renew(folder, None, later)
    assert (second.names, second.fingerprint) == (first.names, first.fingerprint)
    assert second.server_until - first.server_until == timedelta(days=100)
    assert (folder / "authority.crt").read_bytes() == authority
    with served(folder, *(f"server-until-{first.server_until:%Y-%m-%d}.{kind}" for kind in ("key", "crt"))) as port:
        assert says(port, "localhost", folder / "authority.crt") == ANSWER, "the last pair is kept"


def test_whoever_steals_the_key_of_the_authority_can_sign_for_no_other_name(folder: Path, monkeypatch) -> None:
    certificates.make(folder, Names(("etabli.usine",), ()), (), "Plant", NOW)
    monkeypatch.setattr(certificates, "_refuse_outside", lambda *_: None)
    for stolen in (Names(("localhost",), ()), Names(("etabli.usine",), ("127.0.0.1",))):
        (folder / "server.crt").unlink()
        (folder / "server.key").unlink()
        certificates._sign_server(folder, stolen, NOW)
        name = "127.0.0.1" if stolen.addresses else "localhost"
        with served(folder) as port, pytest.raises(ssl.SSLCertVerificationError, match="subtree"):
            says(port, name, folder / "authority.crt")


def test_an_authority_for_addresses_alone_signs_for_no_host(folder: Path, monkeypatch) -> None:
    certificates.make(folder, Names((), ("127.0.0.1",)), (), "Plant", NOW)
    with served(folder) as port:
        assert says(port, "127.0.0.1", folder / "authority.crt") == ANSWER
    monkeypatch.setattr(certificates, "_refuse_outside", lambda *_: None)
    certificates.renew(folder, Names(("localhost",), ()), NOW)
    with served(folder) as port, pytest.raises(ssl.SSLCertVerificationError, match="subtree"):
        says(port, "localhost", folder / "authority.crt")


def test_later_names_lie_within_what_was_said_at_first(folder: Path) -> None:
    certificates.make(folder, Names(("etabli.usine",), ("10.1.2.3",)), ("lan.example", "10.1.0.0/16"), "Plant", NOW)
    renewed = certificates.renew(folder, Names(("kiosks.lan.example", "etabli.usine"), ("10.1.9.9",)), NOW)
    assert list(renewed.names) == ["kiosks.lan.example", "etabli.usine", "10.1.9.9"]
    later = NOW + timedelta(days=1)
    for outside in (Names(("lan.example.org",), ()), Names(("xlan.example",), ()), Names((), ("10.2.0.1",))):
        with pytest.raises(NameRefused):
            certificates.renew(folder, outside, later)
    assert certificates.read(folder) == renewed, "what is refused moves nothing"


def test_keys_are_read_by_their_owner_alone_and_nothing_is_overwritten(folder: Path) -> None:
    certificates.make(folder, LOCAL, (), "Plant", NOW)
    for key in ("authority.key", "server.key"):
        assert stat.S_IMODE((folder / key).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    with pytest.raises(FileThere):
        certificates.make(folder, LOCAL, (), "Plant", NOW)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_how_long_they_last_and_what_they_may(folder: Path) -> None:
    made = certificates.make(folder, LOCAL, (), "Plant", NOW)
    server = x509.load_pem_x509_certificate((folder / "server.crt").read_bytes())
    assert server.not_valid_after_utc - server.not_valid_before_utc == timedelta(days=825)
    assert server.not_valid_before_utc < NOW, "a kiosk's clock may be slow"
    assert made.authority_until - NOW > timedelta(days=365 * 19)
    authority = x509.load_der_x509_certificate((folder / "authority.cer").read_bytes())
    assert authority.extensions.get_extension_for_class(x509.NameConstraints).critical
    assert authority.extensions.get_extension_for_class(x509.BasicConstraints).value.path_length == 0
    assert len(made.fingerprint.split(":")) == 32


@pytest.mark.parametrize("host", ["", "a b", "-a.example", "é.example", "*.example", "10.0.0.1", "a..b", "x" * 64])
def test_this_is_no_host(host: str) -> None:
    with pytest.raises(NameRefused):
        certificates.names([host], [])


@pytest.mark.parametrize("address", ["etabli.usine", "10.0.0", "10.0.0.0/8"])
def test_this_is_no_address(address: str) -> None:
    with pytest.raises(NameRefused):
        certificates.names([], [address])


def test_a_server_has_a_name_or_an_address() -> None:
    with pytest.raises(NameNeeded):
        certificates.names([], [])
    assert list(certificates.names(["Etabli.Usine."], ["FE80:0::1"])) == ["etabli.usine", "fe80::1"]


def test_without_an_authority_nothing_is_renewed(folder: Path) -> None:
    with pytest.raises(AuthorityMissing):
        certificates.renew(folder, None, NOW)
