"""The charts of a report: each a Vega-Lite specification made by a pure function.

Shapes, line styles and words carry what colour only repeats; rates stand on an axis from 0
to 100 %; how many people a mark rests on stands beneath it; no mark is one person. Beneath
each chart stands the table of its figures; a chart without data is a sentence.
"""
