"""What each recommendation comes to, and how sure we are.

A *pilot* has a *protocol*: indicators with their thresholds, frozen before the data.
An *evaluation* computes them once, quotes the numbers and the last record it read, and
is never changed: anyone can recompute it.

Not here: the documents made from it (reports).
"""
