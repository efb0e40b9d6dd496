"""Tests of what programs may ask."""
