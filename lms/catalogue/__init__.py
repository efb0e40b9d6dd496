"""What can be learnt: modules, their frozen editions, their media.

A *module* is a short sequence of blocks; a *block* is a card (something to read or
see) or a question. An *edition* is a module as it was published: it never changes.
Blocks keep their keys from one edition to the next, so that they can be compared.

Not here: drafts and imports (authoring), who should learn what (plans), what
happened (records).
"""
