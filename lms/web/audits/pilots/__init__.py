"""Pilots: design, protocol, evaluations and their reports."""
