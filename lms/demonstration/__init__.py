"""The pilot of the case as data, and people who behave in it.

Modules, the audit file, a simulated plant: everything enters through the same actions as
real use. Nothing here is needed by a real plant.
"""
