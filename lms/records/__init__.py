"""What happened: one append-only stream of learning records.

Ids are made where the thing happens; the same id with the same content is stored once,
with another content it is a conflict. A mistake is voided by a further record. xAPI is
the vocabulary at the border (`xapi.py`), typed columns inside.

Not here: what follows from the records (progress), how a kiosk makes them (delivery).
"""
