"""Bringing in what was written elsewhere: module files, GIFT questions."""
