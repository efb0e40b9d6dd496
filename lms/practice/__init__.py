"""Spaced retrieval: what someone learnt is asked again some days later, three questions a day at most.

An *item* is a question of a module, known by its key through all editions. It is *learnt* on
the day on which someone first completed an edition that asks it just as the newest does, and
then comes back on days that `rules.fixed` or `adaptive.fsrs` name. What is *reserved* for
measuring retention never comes: the practice is the treatment (evaluation reference, 5.3).

Not here: which items are reserved (evaluation freezes that), the standing in a module
(progress), how a kiosk asks (web).
"""
