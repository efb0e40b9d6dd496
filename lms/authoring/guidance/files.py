"""What is known of the files of a module by looking at them once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath

from lms.authoring.guidance import drawings, films
from lms.authoring.guidance.drawings import Lettering
from lms.kernel import storage
from lms.kernel.later import Later

PIL = Later("PIL.Image")
_PHOTOGRAPHS = {".png", ".jpg", ".jpeg", ".webp"}
_FILMS, _SOUNDS = {".mp4", ".m4a"}, {".mp3", ".ogg", ".oga"}


@dataclass(frozen=True)
class Known:
    """What a file is, as far as advice needs it."""

    pixels: int | None = None
    """On its longer side; None for a drawing."""
    letterings: tuple[Lettering, ...] = ()
    seconds: float | None = None

    @property
    def hides_letters(self) -> bool:
        """Whether it may hold letters whose size or contrast cannot be told."""
        return self.pixels is not None or any(None in (one.height, one.contrast) for one in self.letterings)


Files = Mapping[str, Known]
"""By name in the document (`media/…`)."""


def known(media: Mapping[str, str]) -> dict[str, Known]:
    """Look at the files of a module, by name and digest; what cannot be read is told nothing of."""
    return {name: _known(digest, PurePath(name).suffix.lower()) for name, digest in media.items()}


@lru_cache(maxsize=2_000)
def _known(digest: str, ending: str) -> Known:
    try:
        if ending == ".svg":
            return Known(letterings=tuple(drawings.letterings(storage.read(digest))))
        with storage.path(digest).open("rb") as stream:
            if ending in _PHOTOGRAPHS:
                with PIL.open(stream) as picture:
                    return Known(pixels=max(picture.size))
            if ending in _FILMS:
                return Known(seconds=films.mp4_seconds(stream))
            return Known(seconds=films.sound_seconds(stream)) if ending in _SOUNDS else Known()
    except (OSError, storage.FileDamaged):
        return Known()
