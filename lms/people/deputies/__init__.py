"""Who stands in for a team leader who is away, from a day to a day.

A deputy leads the leader's teams on those days and on no other: `people.queries.identity` says so,
and everything asks it. Being a deputy is handed to nobody else in turn. Why someone is away is
nobody's business, and kept nowhere.
"""
