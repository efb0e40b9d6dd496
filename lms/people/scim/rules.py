"""What is refused of a directory's requests, and how SCIM names it."""

from lms.kernel.refusals import Refusal

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
MOST = 200
"""Resources of one answer."""


class FilterNotUnderstood(Refusal):
    """The filter is not `attribute eq value`, several of them joined by `and`."""


class PathNotUnderstood(Refusal):
    """The path of a change names nothing that can be changed."""


class ValueNotUnderstood(Refusal):
    """A value has not the type that its attribute has."""


class NeverDeleted(Refusal):
    """People and teams are never deleted: figures of the past rest on them."""


class ChangedMeanwhile(Refusal):
    """The resource is no longer the one that was read (If-Match)."""
