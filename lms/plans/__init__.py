"""Who should learn what, why and by when.

A *plan* joins a recommendation, a module, teams and a date; it gives every figure its
denominator. Whom it concerns is derived from who was in its teams, never typed.

Not here: what people did (records, progress), what it proves (evaluation).
"""
