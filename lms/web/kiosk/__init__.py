"""What an operator sees, standing at a kiosk.

Every address needs an enrolled kiosk. Someone's session at a kiosk opens these pages and
no others; a staff session opens none of them. Answers bear the pass of their sitting
(`delivery.rules`) instead of a session: one that waited for the network must still arrive
after the session has ended.
"""
