"""What the pages of audits, plans and pilots are lent: words, and ways to say them."""

from lms.audit.maturity import AREAS, Dimension, GateName
from lms.web.audits.labels import SECTIONS, field_words, it_facts, value_words
from lms.web.audits.pilots.monitoring import alerts
from lms.web.audits.places import audit_groups, audit_tabs, places
from lms.web.audits.reading import name_of


def words() -> dict[str, object]:
    """Lend the pages of audits its words and its ways."""
    return {
        "SECTIONS": SECTIONS,
        "field_words": field_words,
        "value_words": value_words,
        "it_facts": it_facts,
        "places": places,
        "audit_groups": audit_groups,
        "audit_tabs": audit_tabs,
        "AREAS": AREAS,
        "DIMENSIONS": Dimension,
        "GATES": GateName,
        "name_of": name_of,
        "alerts": alerts,
    }
