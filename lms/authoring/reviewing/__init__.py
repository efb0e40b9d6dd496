"""A draft looked at by a colleague before it is published: who is asked, what they remark, how they decide.

A *review* is asked of one person and ends once: the draft approved, changes wanted, or cancelled.
An approval is of one state of the draft, its text and its files; whatever changes afterwards makes it
stale. A *remark* is made on a block, or on the whole module, and goes on as a thread of entries. All of
it is append-only. The signature under a published edition that is still right is not here (`authoring.work`).
"""
