"""The files of modules: how they come in, where they are used, who may show them, when they go.

A **module's file** bears a name within its module (`media/…`), by which blocks refer to it, and
belongs to it from the moment it came in; what no block has named after a day goes by itself. Its bytes
are kept once for all modules under their digest (`catalogue`).
"""
