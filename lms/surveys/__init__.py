"""Surveys: instruments as data, waves of them, anonymous answers, scores.

An *instrument* is a list of items with their words in French and English (`content.py`); the
house ships some (`instruments/*.yaml`), the plant's staff build others. A *wave* asks one
instrument of one audience between two moments. An *answer sheet* says which wave,
which coarse band of people and which week, and nothing that leads to a person; that somebody
was asked is kept apart from what was said.

Not here: what a figure is worth to a recommendation (evaluation), the pages, charts.
"""
