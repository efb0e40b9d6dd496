"""Who can do what at which post: tasks, levels, sign-offs.

A *task* is what is done at a post. A *level* is one of four letters whose order is fixed
(I, L, U, O). A *sign-off* is what an observer saw of a real situation; a *signature* is a
second person's word on it; a *level change* rests on a sign-off, a completed edition, the
plant's own matrix or, downwards, on somebody's decision with its reason. All of them are
only ever added. `rules` says what levels come to, `authority` who may raise them and on
what evidence (evaluation reference, section 7).

Not here: what was learnt at a kiosk (records, progress), verdicts on skills (evaluation).
"""
