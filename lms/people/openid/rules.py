"""What is refused of a provider, and what its groups mean here (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from lms.kernel.refusals import Refusal
from lms.people.permissions import Role

FLOW_LASTS = timedelta(minutes=10)


class ProviderUnreachable(Refusal):
    """The provider does not answer, or not as the standard says."""


class SignInNotConfirmed(Refusal):
    """What came back is not what was asked for: another browser, another site, too late, declined or forged."""


class NotKnownHere(Refusal):
    """The provider knows this person, and nobody present here has that address or number."""


class LocalSignInShut(Refusal):
    """Passwords of this site are for administrators alone; others sign in by the provider."""


@dataclass(frozen=True)
class Flow:
    """What one browser carries from leaving for the provider to coming back."""

    state: str
    nonce: str
    verifier: str
    to: str
    begun_at: str

    def lasts(self, now: datetime) -> bool:
        """Whether it may still come back."""
        return now - datetime.fromisoformat(self.begun_at) <= FLOW_LASTS


@dataclass(frozen=True)
class RoleChanges:
    """What the directory's groups change of someone's roles."""

    given: frozenset[Role]
    taken: frozenset[Role]


def name_in(claims: Mapping[str, Any], claim: str) -> str | None:
    """Return what the claim says of who it is, or None; an e-mail address only where it is not said to be unproved."""
    value = claims.get(claim)
    if not isinstance(value, str) or not value.strip():
        return None
    if claim == "email" and claims.get("email_verified", True) not in (True, "true"):
        return None
    return value.strip()


def role_changes(groups: Sequence[object], mapping: Mapping[str, Role], held: frozenset[Role]) -> RoleChanges:
    """Return what someone's groups change of the roles that the mapping names; no other role is touched."""
    meant = {role for group, role in mapping.items() if group in groups}
    ruled = set(mapping.values())
    return RoleChanges(frozenset(meant - held), frozenset((ruled - meant) & held))
