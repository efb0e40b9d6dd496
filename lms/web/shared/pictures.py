"""What the pictures of picture codes are called; the drawings are in `static/kiosk/pictures.svg`."""

from flask_babel import lazy_gettext as _l

PICTURE_NAMES = {
    "sun": _l("Sun"),
    "moon": _l("Moon"),
    "star": _l("Star"),
    "flower": _l("Flower"),
    "tree": _l("Tree"),
    "house": _l("House"),
    "fish": _l("Fish"),
    "boat": _l("Boat"),
    "key": _l("Door key"),
    "bell": _l("Bell"),
    "cup": _l("Cup"),
    "chair": _l("Chair"),
    "hammer": _l("Hammer"),
    "umbrella": _l("Umbrella"),
    "clock": _l("Clock"),
    "truck": _l("Truck"),
}
