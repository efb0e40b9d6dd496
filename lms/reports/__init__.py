"""Documents made from evaluations and progress: PDF, charts.

Not here: any figure of its own; it shows what evaluation and progress computed.
"""
