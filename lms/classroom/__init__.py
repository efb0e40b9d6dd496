"""Training in a room: sessions, who is invited, who attended which half-day.

A *session* is training held face to face, over one half-day or several. People are
*invited*; for each half-day an *attendance* says whether somebody was there, for how many
minutes, and whether they signed the sheet (feuille d'émargement). Attendance is
append-only: a correction is a further entry with its reason, the last one counts. The *sheets*
that people signed are kept as scans; one kept by mistake is withdrawn, never replaced.

Not here: what somebody may do because of it (`proof`), hours over all kinds of training
(`progress`), what it cost (`costs`).
"""
