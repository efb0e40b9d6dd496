"""Figures read outside: defects, hours worked, costs. What no kiosk can know.

A *reading* is a figure of a *series* for a period, with its source; it is only ever added,
and a correction is a further reading that takes the place of one before. `series` declares
what may be read, in which unit and range.

Not here: what the formulas make of readings (indicators).
"""
