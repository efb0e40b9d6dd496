"""Who works at the plant, where and when, and what each may do.

Sites, workshops, shifts, teams, workstations (posts); persons, their team over time,
their roles; how they prove who they are (password, badge, personal code and PIN); the
roster import.

Everywhere else a person is a number. Not here: who should learn what (plans), kiosk
terminals (delivery).
"""
