"""From cases to a measure: an estimate, its interval and what it rests on. Pure.

One file for each way of measuring; `case` holds what they share.
"""
