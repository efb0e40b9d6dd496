"""A person at a kiosk: terminals, signing in there, sittings, answers.

A *terminal* is an enrolled kiosk. A *sitting* is one person taking one edition at one
terminal; an *attempt* is a run through the questions and may take several sittings.

Not here: what a module contains (catalogue), what follows from answers (progress).
"""
