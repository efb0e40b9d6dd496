"""Advice while a module is written: what can be counted of its texts, questions and pictures, and how to mend it.

Advice holds nobody back: what keeps a module from being published are its faults (`authoring.drafts`). Only
what can be measured is claimed; the docstrings say what each measure cannot see.

Not here: what answers say of a question once it was asked (`progress.items`).
"""
