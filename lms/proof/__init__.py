"""Proof: who may do what until when, and what was certified.

A *habilitation* is a person's licence to do something (a CACES, first aid, work on live
parts), of a *kind* that says how long it is valid, when it may be renewed and by what.
It is given, suspended, resumed, withdrawn: each by an entry that is never changed.

A *document* is what was issued on paper: a certificate of a module, a certificat de
réalisation (R6313-3 of the Code du travail). It keeps what it stated, so that no later
change of name or standing alters it, under a number that tells a forged one.

Not here: levels on tasks (`skills`), attendance (`classroom`), how papers look (`reports`).
"""
