"""Work that takes longer than anyone waits for a page: asked for, done apart, followed, never lost.

A **job** is a row: what is to be done, who asked, how far it is, what came of it. The row is the
whole truth: whoever is killed in the middle leaves it open, and another takes it up. A room
registers its **kinds** (`kinds.register`); the kernel knows none by itself. Work is done by a
process of its own (`working`), so that it neither slows a kiosk nor fills the server's memory.

Nothing here says when something is shown: pages are in `web/shared/jobs.py`.
"""
