"""Modules as files for elsewhere: our own format, which holds everything, and those that hold some of it."""
