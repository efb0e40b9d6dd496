"""People and teams as a plant's directory sees and changes them: SCIM 2.0 (RFC 7643, RFC 7644).

A **user** is a person, a **group** a team. Everything is changed through `people.actions`, as by
the pages and the roster: the same refusals, the same journal. Nobody is deleted: `active: false`
notes a last day. What a request does not mention stays. No role is given here.

`filters` and `patching` are pure, `reading` takes what a directory sends, `queries` shows what is
known, `actions` carries out.
"""
