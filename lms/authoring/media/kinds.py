"""What files of modules are for."""

from enum import StrEnum


class Wanted(StrEnum):
    """What a field takes."""

    PICTURE = "picture"
    VIDEO = "video"
    SOUND = "sound"
    CAPTIONS = "captions"
