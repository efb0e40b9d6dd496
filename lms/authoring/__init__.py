"""How a module comes to be: drafts, imports and exports, publishing.

A *draft* changes; publishing freezes it as an edition of the catalogue.

Not here: what happens to an edition once it is published.
"""
