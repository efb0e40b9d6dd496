"""Surveys at a desk: instruments, waves, sheets from paper, answers by link, results.

Whoever answers by link needs no account. What a kiosk asks is in `web/kiosk/surveys.py`.
"""
