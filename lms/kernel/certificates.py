"""An authority of the plant's own, and certificates for its server: HTTPS on a network without internet.

The authority is made once and lasts twenty years; kiosks are told once to trust it. It may
sign for the names and addresses it was made for and for no others (name constraints, RFC
5280 section 4.2.1.10), so that a stolen key opens no bank. The server's certificate lasts
825 days, the longest that browsers accept of a certificate signed by an authority a person
installed (Apple's limit; others set none), and is renewed under the same authority.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Any

from lms.kernel.later import Later
from lms.kernel.refusals import Refusal

x509 = Later("cryptography.x509")
oid = Later("cryptography.x509.oid")
hashes = Later("cryptography.hazmat.primitives.hashes")
serialization = Later("cryptography.hazmat.primitives.serialization")
elliptic = Later("cryptography.hazmat.primitives.asymmetric.ec")

AUTHORITY_LASTS = timedelta(days=365 * 20)
SERVER_LASTS = timedelta(days=825)
ALREADY_VALID = timedelta(days=2)
"""Certificates begin in the past: a kiosk's clock may be slow."""
AUTHORITY_KEY, AUTHORITY, AUTHORITY_DER = "authority.key", "authority.crt", "authority.cer"
SERVER_KEY, SERVER = "server.key", "server.crt"
EVERY_NETWORK = ("0.0.0.0/0", "::/0")


class FileThere(Refusal):
    """A file that would be written exists already: nothing is overwritten."""


class AuthorityMissing(Refusal):
    """There is no authority in this folder."""


class NameNeeded(Refusal):
    """A server's certificate needs a host name or an address."""


class NameRefused(Refusal):
    """This is no host name or address, or lies outside those the authority may sign for."""


@dataclass(frozen=True)
class Names:
    """What a server is called: host names in small letters, and IP addresses."""

    hosts: tuple[str, ...]
    addresses: tuple[str, ...]

    def __iter__(self) -> Any:
        """Yield the host names, then the addresses."""
        return iter((*self.hosts, *self.addresses))


@dataclass(frozen=True)
class Made:
    """The certificates that lie in a folder."""

    folder: Path
    names: Names
    fingerprint: str
    """SHA-256 of the authority's certificate, in pairs: what is compared on each kiosk."""
    authority_until: datetime
    server_until: datetime


def names(hosts: Iterable[str], addresses: Iterable[str]) -> Names:
    """Return the names as they stand in certificates; raises NameNeeded, NameRefused."""
    found = Names(tuple(_host(host) for host in hosts), tuple(_address(address) for address in addresses))
    if not (found.hosts or found.addresses):
        raise NameNeeded()
    return found


def make(folder: Path, wanted: Names, within: Sequence[str], owner: str, now: datetime) -> Made:
    """Make the authority and the server's first certificate in a folder.

    `within` are domains and networks that later certificates may be for besides. `owner`
    names the plant. Raises FileThere, NameRefused.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _refuse_if_there(folder, (AUTHORITY_KEY, AUTHORITY, AUTHORITY_DER, SERVER_KEY, SERVER))
    key = elliptic.generate_private_key(elliptic.SECP256R1())
    authority = _authority(key, wanted, within, owner, now)
    _write_key(folder / AUTHORITY_KEY, key)
    _write(folder / AUTHORITY, authority.public_bytes(serialization.Encoding.PEM), 0o644)
    _write(folder / AUTHORITY_DER, authority.public_bytes(serialization.Encoding.DER), 0o644)
    _sign_server(folder, wanted, now)
    return read(folder)


def renew(folder: Path, wanted: Names | None, now: datetime) -> Made:
    """Make a new certificate and key for the server under the same authority; without names, those of the last one.

    The last pair is kept beside, named after the day on which it ends. Raises
    AuthorityMissing, FileThere, NameRefused.
    """
    last = read(folder)
    wanted = wanted or last.names
    _refuse_outside(_load(folder / AUTHORITY), wanted)
    for name in (SERVER, SERVER_KEY):
        kept = folder / f"{Path(name).stem}-until-{last.server_until:%Y-%m-%d}{Path(name).suffix}"
        _refuse_if_there(folder, [kept.name])
        (folder / name).rename(kept)
    _sign_server(folder, wanted, now)
    return read(folder)


def read(folder: Path) -> Made:
    """Return what lies in a folder; raises AuthorityMissing."""
    if not all((folder / name).is_file() for name in (AUTHORITY, AUTHORITY_KEY, SERVER)):
        raise AuthorityMissing(folder=str(folder))
    authority, server = _load(folder / AUTHORITY), _load(folder / SERVER)
    alternative = server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    digest = authority.fingerprint(hashes.SHA256()).hex().upper()
    return Made(
        folder,
        Names(
            tuple(alternative.get_values_for_type(x509.DNSName)),
            tuple(str(address) for address in alternative.get_values_for_type(x509.IPAddress)),
        ),
        ":".join(digest[place : place + 2] for place in range(0, len(digest), 2)),
        authority.not_valid_after_utc,
        server.not_valid_after_utc,
    )


def _authority(key: Any, wanted: Names, within: Sequence[str], owner: str, now: datetime) -> Any:
    name = x509.Name(
        [
            x509.NameAttribute(oid.NameOID.ORGANIZATION_NAME, owner),
            x509.NameAttribute(oid.NameOID.COMMON_NAME, f"{owner} – Établi"),
        ]
    )
    builder = _begun(name, name, key.public_key(), now, AUTHORITY_LASTS)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(certificates=True), critical=True)
    builder = builder.add_extension(_constraints(wanted, within), critical=True)
    return builder.sign(key, hashes.SHA256())


def _sign_server(folder: Path, wanted: Names, now: datetime) -> None:
    authority = _load(folder / AUTHORITY)
    authority_key = serialization.load_pem_private_key((folder / AUTHORITY_KEY).read_bytes(), None)
    key = elliptic.generate_private_key(elliptic.SECP256R1())
    # No name of the server: some would hold it against the constraints a second time, and an address is no host.
    subject = x509.Name([x509.NameAttribute(oid.NameOID.COMMON_NAME, "Établi")])
    builder = _begun(subject, authority.subject, key.public_key(), now, SERVER_LASTS)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(certificates=False), critical=True)
    builder = builder.add_extension(x509.ExtendedKeyUsage([oid.ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    alternative = [*map(x509.DNSName, wanted.hosts), *(x509.IPAddress(ip_address(one)) for one in wanted.addresses)]
    builder = builder.add_extension(x509.SubjectAlternativeName(alternative), critical=False)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key())
    builder = builder.add_extension(issuer, critical=False)
    certificate = builder.sign(authority_key, hashes.SHA256())
    _write_key(folder / SERVER_KEY, key)
    _write(folder / SERVER, certificate.public_bytes(serialization.Encoding.PEM), 0o644)


def _begun(subject: Any, issuer: Any, public_key: Any, now: datetime, lasts: timedelta) -> Any:
    begins = now - ALREADY_VALID
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + lasts)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )


def _usage(*, certificates: bool) -> Any:
    others = ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "encipher_only")
    return x509.KeyUsage(
        digital_signature=not certificates,
        key_cert_sign=certificates,
        crl_sign=certificates,
        decipher_only=False,
        **dict.fromkeys(others, False),
    )


def _constraints(wanted: Names, within: Sequence[str]) -> Any:
    networks = [_network(one) for one in (*wanted.addresses, *(one for one in within if _is_network(one)))]
    domains = [*wanted.hosts, *(_host(one) for one in within if not _is_network(one))]
    # A kind of name of which nothing is permitted would be permitted as a whole: it is excluded as a whole.
    kinds = {network.version for network in networks}
    excluded = [x509.IPAddress(ip_network(every)) for every in EVERY_NETWORK if ip_network(every).version not in kinds]
    if not domains:
        excluded.append(x509.DNSName(""))
    permitted = [*map(x509.DNSName, domains), *map(x509.IPAddress, networks)]
    return x509.NameConstraints(permitted, excluded or None)


def _refuse_outside(authority: Any, wanted: Names) -> None:
    """Raise NameRefused for a name that the authority may not sign for."""
    constraints = authority.extensions.get_extension_for_class(x509.NameConstraints).value
    permitted = [name.value for name in constraints.permitted_subtrees]
    domains = [value for value in permitted if isinstance(value, str)]
    networks = [value for value in permitted if not isinstance(value, str)]
    for host in wanted.hosts:
        if not any(host == domain or host.endswith(f".{domain}") for domain in domains):
            raise NameRefused(name=host)
    for address in wanted.addresses:
        if not any(ip_address(address) in network for network in networks):
            raise NameRefused(name=address)


def _host(text: str) -> str:
    name = text.strip().lower().rstrip(".")
    labels = name.split(".")
    right = all(label and label.replace("-", "").isalnum() and label.isascii() and len(label) < 64 for label in labels)
    if not right or any(label.startswith("-") or label.endswith("-") for label in labels) or _is_network(name):
        raise NameRefused(name=text)
    return name


def _address(text: str) -> str:
    try:
        return str(ip_address(text.strip()))
    except ValueError as error:
        raise NameRefused(name=text) from error


def _network(text: str) -> IPv4Network | IPv6Network:
    return ip_network(text, strict=False)


def _is_network(text: str) -> bool:
    try:
        _network(text)
    except ValueError:
        return False
    return True


def _refuse_if_there(folder: Path, files: Iterable[str]) -> None:
    for name in files:
        if (folder / name).exists():
            raise FileThere(file=str(folder / name))


def _load(file: Path) -> Any:
    return x509.load_pem_x509_certificate(file.read_bytes())


def _write_key(file: Path, key: Any) -> None:
    pem, unsealed = serialization.Encoding.PEM, serialization.NoEncryption()
    _write(file, key.private_bytes(pem, serialization.PrivateFormat.PKCS8, unsealed), 0o600)


def _write(file: Path, data: bytes, mode: int) -> None:
    # Made with its rights, so that nobody reads a key in between; one that exists is never overwritten.
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as opened:
        opened.write(data)
        opened.flush()
        os.fsync(opened.fileno())
