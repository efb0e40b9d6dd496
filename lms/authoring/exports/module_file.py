"""A module as a file: the same zip for the same module, which reads back as the same module."""

import io
from collections.abc import Callable, Iterable, Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lms.authoring.imports.module_file import DOCUMENT
from lms.catalogue.content import ModuleContent
from lms.kernel import storage
from lms.kernel.documents import write_yaml

_SAME_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest a zip can say: a file of the same content must not differ by its hour."""


def document(content: ModuleContent) -> bytes:
    """Return the module as `module.yaml`."""
    return write_yaml(content.plain)


def archive(content: ModuleContent, media: Mapping[str, str]) -> bytes:
    """Return the module as a zip; `media` gives the digest of each file it names."""
    return packed(content, lambda name: storage.read(media[name]), sorted(media))


def packed(content: ModuleContent, read_file: Callable[[str], bytes], names: Iterable[str]) -> bytes:
    """Return the module as a zip, with the files of those names."""
    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as written:
        put(written, DOCUMENT, document(content))
        for name in names:
            put(written, name, read_file(name))
    return target.getvalue()


def put(packed: ZipFile, name: str, data: bytes) -> None:
    """Put a file into a zip so that the same files give the same bytes."""
    entry = ZipInfo(name, _SAME_DAY)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o100644 << 16
    packed.writestr(entry, data)
