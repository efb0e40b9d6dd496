"""What a pilot shows while it runs: provisional figures, watch-points, access to kiosks.

Everything is as of the end of a whole week of the pilot, with what was known by then: the
same page all week, so that no two days can be subtracted (evaluation reference, section
3.7). Nothing is stored, nothing gets a verdict, no status changes.
"""
