"""The list of people as an HR system writes it: read, compared with what is known, applied.

`columns` says which column is what, `cells` what a cell means, `comparison` (pure) what
would become of each row, `reading` opens files, `applying` carries a preview out.

Words: a *row* is refused with its *faults*; a *place* is a site, workshop, team or post.
A file never deletes: a person, a value or a role that it does not mention stays. A place
that the file names and nobody knows refuses nobody: it is left out and listed, or made
when the reader says so.
"""
