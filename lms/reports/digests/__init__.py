"""The e-mail that tells a team leader what waits: numbers and a link, no name, never at night.

Only who leads a team is ever written to, once a day or once a week as they choose, and not at
all when there is nothing to say.
"""
