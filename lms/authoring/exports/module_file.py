"""A module as a file: the same zip for the same module, which reads back as the same module."""

import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lms.authoring.imports.module_file import DOCUMENT
from lms.catalogue.content import ModuleContent
from lms.kernel import storage
from lms.kernel.documents import write_yaml

_SAME_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest a zip can say: a file of the same content must not differ by its hour."""


def document(content: ModuleContent) -> bytes:
    """Return the module as `module.yaml`."""
    return write_yaml(content.model_dump(mode="json", exclude_defaults=True))


def archive(content: ModuleContent, media: Mapping[str, str]) -> bytes:
    """Return the module as a zip; `media` gives the digest of each file it names."""
    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as packed:
        _put(packed, DOCUMENT, document(content))
        for name in sorted(media):
            _put(packed, name, storage.read(media[name]))
    return target.getvalue()


def _put(packed: ZipFile, name: str, data: bytes) -> None:
    entry = ZipInfo(name, _SAME_DAY)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o100644 << 16
    packed.writestr(entry, data)
