"""Everything a stranger needs to recompute the verdicts of an evaluation, in one archive.

The frozen protocol with its amendments, definitions, counts by team with small groups held
back, hashes of all files, a script that needs nothing but Python and a workbook of formulas.
The archive is the same for the same evaluation.

Not here: anything about a single person, or that would give one away.
"""
