"""xAPI 1.0.3 at the border: statements in, statements out.

`statement` holds the rules of a statement as tables of fields; `values` those of a single
value; `shapes` what both are made of. `reading` turns a statement into a record and
`writing` a record into a statement, so that what was said comes back. `lines` reads files.

Words: a *statement* is what xAPI calls a record; a *fault* is one rule broken at one
place; an *IFI* is what identifies an agent (inverse functional identifier).

Not here: HTTP, storing.
"""
