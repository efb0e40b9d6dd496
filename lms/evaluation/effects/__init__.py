"""What training changes, where a design of its own tells it: modules in two orders, starts by steps.

The verdict stays with the threshold; the change stands beside it with its own words: better,
worse, open, or not measurable and why. Too few teams or periods are said, never smoothed over.

Not here: formulas (`estimators`); comparison groups (`comparing`).
"""
