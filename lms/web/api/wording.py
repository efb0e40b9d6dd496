"""Words for what is refused to programs."""

from flask_babel import lazy_gettext as _l

from lms.people.tokens import rules
from lms.web.api.asking import QueryRefused
from lms.web.shared import problems, refusals


def add_words() -> None:
    """Word the refusals about tokens and what programs ask."""
    refusals.add(rules.TokenNotGood, 401, _l("A token that is good is needed here: “Authorization: Bearer …”."))
    refusals.add(rules.TokenNameMissing, 422, _l("A token needs a name of at most 80 characters."))
    refusals.add(
        rules.TokenNameTaken, 409, _l("There is a token called %(name)s already. Revoke it or choose another name.")
    )
    refusals.add(rules.TokenRoleRefused, 422, _l("The role %(role)s is one of people: a program cannot have it."))
    refusals.add(rules.TokenUnknown, 404, _l("No token that is good is called %(name)s."))
    refusals.add(QueryRefused, 422, _l("The question is not as the description of this address says."))
    problems.add("api.cursor", _l("This is not what `next` of an answer said."))
    problems.add("api.by", _l("Hours are not told by this."))
    problems.add("api.days", _l("The last day comes before the first. Choose a later one."))
    problems.add("api.module", _l("No module has this code."))
