"""Ten minutes at a kiosk that a team leader plans for somebody: when, where and for which module.

The person reads it at the kiosk. A slot is a promise of time, nothing more: it opens nothing
and counts nowhere.
"""
