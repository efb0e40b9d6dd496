"""How the site is called and dressed by its plant: name, logo, the colour of buttons and links.

Each change is a version that is never changed; the newest is in force. Colours that could not be
read are refused (`colours`). Pages name a version's style and logo by its number, so that browsers and
kiosks keep them for good.
"""
