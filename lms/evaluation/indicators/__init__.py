"""The indicators: one small file each, with its definition and how its cases are counted.

Section 2.4 of the evaluation reference gives the formulas and base sets; `registry`
knows them all by code.
"""
