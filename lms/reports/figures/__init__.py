"""Tables of figures in words: how many completed what, and how long it took.

A table is made once (`telling`), then shown on a page, written as CSV, as a workbook with a
sheet of definitions, printed, kept on a day that somebody chose: all of them show the same.
"""
