"""Figures for programs of the plant: JSON, read with a token (`docs/api.md`).

Everything here comes from the functions that the pages use, small groups held back alike.
"""
