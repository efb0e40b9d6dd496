"""Which questions of an audit's forms stand together."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from lms.web.audits.value_labels import DIMENSIONS

GROUPS: dict[str, tuple[tuple[LazyString, tuple[str, ...]], ...]] = {
    "arrangements": (
        (_l("What it is"), ("code", "title", "objective", "audience", "mode", "mandatory", "provenance")),
        (
            _l("How it runs today"),
            ("minutes", "people_a_year", "refresh_months", "assessment", "proof", "cost_per_session", "trainer"),
        ),
        (_l("What people say of it"), ("irritants", "digital_potential", "contraindications", "evidence")),
        (_l("What becomes of it"), ("outcome", "outcome_reason", "modules", "note")),
    ),
    "it": (
        (_l("What it is"), ("code", "title", "kind", "place", "state", "note", "provenance")),
        (
            _l("A kiosk"),
            (
                "device",
                "screen_inches",
                "gloves",
                "noise",
                "audio",
                "privacy",
                "wired",
                "opening_hours",
                "hours_a_day",
            ),
        ),
        (_l("The network"), ("tests", "captive_proxy", "offline_needed")),
        (_l("Who people are"), ("sign_in", "shared_session_risk", "leavers_source", "roster_source")),
        (_l("An interface"), ("owner", "format", "frequency")),
        (_l("Hosting and data"), ("host", "backups", "retention", "data_protection_contact", "processing_register")),
        (_l("Support"), ("night_support", "target_minutes")),
    ),
    "panel": (
        (_l("Who was met"), ("role", "asked", "met", "must_cover", "provenance")),
        (_l("Shifts"), ("shifts", "every_shift")),
        (
            _l("Seniority, age, profiles"),
            (
                "seniority_bands",
                "least_seniority_bands",
                "age_bands",
                "least_age_bands",
                "profiles_asked",
                "profiles_met",
            ),
        ),
    ),
    "evidence": (
        (_l("What it says"), ("code", "source_type", "gathered_on", "excerpt", "sentiment", "provenance")),
        (_l("Who said it"), ("role", "shift_band", "speaker")),
        (_l("What it is about"), ("themes", "coder", "second_themes", "second_coder")),
    ),
    "findings": (
        (_l("What was found"), ("code", "statement", "scope", "area", "polarity", "evidence", "provenance")),
        (
            _l("Who stands behind it"),
            ("validated_by", "validated_on", "second_validated_by", "second_validated_on"),
        ),
    ),
    "recommendations": (
        (
            _l("What is recommended"),
            ("code", "statement", "rationale", "findings", "horizon", "owner", "testable", "critical", "provenance"),
        ),
        (_l("What was decided"), ("status", "decided_by", "decided_on", "decision_reason")),
    ),
    "actions": (
        (_l("What is to be done"), ("code", "title", "recommendation", "owner", "due_on", "provenance")),
        (_l("How far it has come"), ("milestones", "status", "done_on", "proof", "cancelled_reason")),
    ),
    "vigilance": (
        (
            _l("The risk"),
            ("code", "statement", "likelihood", "severity", "owner", "blocking", "lifted_when", "provenance"),
        ),
        (_l("Early sign"), ("warning_sign", "watch")),
        (
            _l("What became of it"),
            ("mitigation", "status", "observed_on", "lifted_by", "lifted_on", "evidence"),
        ),
        (_l("Reopening"), ("reopened_on", "reopened_reason")),
    ),
    "maturity": (
        (_l("What is rated"), ("process", "note", "provenance")),
        *((words, (dimension, f"{dimension}_evidence")) for dimension, words in DIMENSIONS.items()),
    ),
}
"""Questions that belong together in a form. A section that is not here has one group."""
