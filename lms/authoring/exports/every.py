"""The formats a module leaves in, and what each cannot hold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lms.authoring.exports import gift, module_file, moodle_xml, qti
from lms.authoring.exports.written import ReadFile, Written
from lms.catalogue.content import ModuleContent
from lms.catalogue.fields import media_paths
from lms.kernel import storage


@dataclass(frozen=True)
class Format:
    """One format: how its files end, what they are, how they are written."""

    ending: str
    media_type: str
    write: Callable[[ModuleContent, str, ReadFile], Written]
    one_language: bool = True


def _module(content: ModuleContent, language: str, read_file: ReadFile) -> Written:
    names = sorted({name for _path, name in media_paths(content)})
    return Written(module_file.packed(content, read_file, names), ())


FORMATS = {
    "module": Format("zip", "application/zip", _module, one_language=False),
    "gift": Format("gift", "text/plain; charset=utf-8", gift.write),
    "moodlexml": Format("xml", "application/xml", moodle_xml.write),
    "qti": Format("qti.zip", "application/zip", qti.write),
}


def write(content: ModuleContent, media: Mapping[str, str], name: str, language: str) -> Written:
    """Return a module in a format of FORMATS; `media` gives the digest of each file it names."""
    return FORMATS[name].write(content, language, lambda file: storage.read(media[file]))
