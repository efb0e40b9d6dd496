"""Tests of what training costs."""
