"""What people may ask of whoever keeps their data: who looked at it, what is kept and why, for how long.

A *look* is a page or a file in which somebody saw others by name. The *register* says of every
column that speaks of a person what it is for; *retention* lets it go when its time is over; a
*request* is what a person asks about their own data.

What other rooms keep of people stays in their tables; they say it of their columns.
"""
