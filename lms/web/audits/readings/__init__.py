"""Figures from outside: the list, the form, the file brought in."""
