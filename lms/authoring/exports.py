"""A module as a file: the same zip for the same module, which reads back as the same module."""

import io
from collections.abc import Mapping
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import yaml

from lms.authoring.imports.module_file import DOCUMENT
from lms.catalogue.content import ModuleContent
from lms.kernel import storage

_SAME_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest a zip can say: a file of the same content must not differ by its hour."""


class _Writer(yaml.SafeDumper):
    """Writes texts of several lines as blocks, so that authors can read them."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write a value each time it occurs: reading refuses aliases."""
        return True


def _written(writer: _Writer, text: str) -> yaml.Node:
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Writer.add_representer(str, _written)


def document(content: ModuleContent) -> bytes:
    """Return the module as `module.yaml`."""
    plain = content.model_dump(mode="json", exclude_defaults=True)
    written = yaml.dump(plain, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=110)
    return written.encode()


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
