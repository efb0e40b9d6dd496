"""Why a statement was refused, in the reader's language."""

from lms.kernel.languages import lazy_gettext as _l
from lms.kernel.refusals import Problem

REASONS = {
    "component_twice": _l("two components have the same id"),
    "document_too_large": _l("a single document may have %(limit)s bytes; write one statement a line instead"),
    "authority_of_two": _l("an authority is an agent, or a group without identifier of exactly two agents"),
    "group_without_members": _l("a group without identifier must list its members"),
    "half_a_pair": _l("a text holds half of a character (a lone surrogate)"),
    "key_twice": _l("the key “%(key)s” is given twice"),
    "line_too_long": _l("a line may have %(limit)s bytes"),
    "min_above_max": _l("the lowest score must be below the highest"),
    "missing": _l("this is missing"),
    "not_boolean": _l("this must be true or false"),
    "not_duration": _l("this is not an ISO 8601 duration such as PT3M20S"),
    "not_iri": _l("this is not an IRI with its scheme, such as https://example.org/a, of at most 2,000 bytes"),
    "not_json": _l("this is not JSON"),
    "not_json_number": _l("%(word)s is not a number in JSON"),
    "not_language": _l("this is not a language tag such as fr or en-GB"),
    "not_length": _l("this must be a whole number, zero or more"),
    "not_list": _l("this must be a list"),
    "not_mailto": _l("this must be an address such as mailto:name@example.org"),
    "not_media_type": _l("this is not a media type such as image/png"),
    "not_moment": _l("this is not an ISO 8601 time such as 2026-03-02T08:00:00Z"),
    "not_number": _l("this must be a number"),
    "not_object": _l("this must be an object"),
    "not_one_of": _l("this must be one of: %(words)s"),
    "not_sha1": _l("this must be 40 hexadecimal digits"),
    "not_sha2": _l("this must be a SHA-2 sum in hexadecimal digits"),
    "not_text": _l("this must be a text"),
    "not_utf8": _l("this is not UTF-8"),
    "not_uuid": _l("this is not a UUID"),
    "not_version": _l("this must be a version that starts with 1.0."),
    "null": _l("null is allowed in extensions only"),
    "number_too_large": _l("a number is too large"),
    "one_identifier": _l("exactly one of mbox, mbox_sha1sum, openid and account must be given"),
    "only_with_activity": _l("this is allowed only where the object is an activity"),
    "raw_out_of_bounds": _l("the score is not between the lowest and the highest"),
    "scaled_beyond_one": _l("a scaled score is between -1 and 1"),
    "unfit_components": _l("the interaction type %(kind)s has no such components"),
    "unknown_key": _l("xAPI 1.0.3 has no such key here"),
    "unreasonable_json": _l("this is nested too deeply, or has a number of thousands of digits"),
    "void_without_reference": _l("a statement that voids must refer to another (StatementRef)"),
    "conflict": _l("another statement with this id is stored already; nothing was changed"),
    "voids_a_voiding": _l("a statement that voids another cannot be voided"),
}


def reason(problem: Problem) -> str:
    """Return what is wrong and where in the statement, in one short line."""
    said = str(REASONS[problem.code.removeprefix("xapi.")]) % problem.facts
    return f"{problem.path}: {said}" if problem.path else said
