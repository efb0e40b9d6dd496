"""What lets a program of the plant in: tokens, each bound to one role.

A token is shown once, when it is made; what is kept of it is a digest. It may do what its
role may do and no more, belongs to nobody in particular, and can be revoked. Rows are never
changed: that a token was revoked is a row of its own. When a token was last used is kept to
the quarter of an hour; earlier times are kept nowhere.
"""
