"""What follows from the records: where each person stands, and figures over many.

A *standing* is recomputed from one person's records of one edition whenever one arrives,
never incremented: late, doubled or disordered arrival gives the same result.

Not here: judging a recommendation (evaluation).
"""
