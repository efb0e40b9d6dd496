"""From facts to the series that charts show, small groups held back. Pure.

Stored with an evaluation's figures, so that they are recomputed with them. One file for
each series; a series without data is None, and the report says so in a sentence.
"""
