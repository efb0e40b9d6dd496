"""Documents to begin from: a procedure, a defect, a safety rule, a new reference.

Each stands in a file beside this one, in French and English. What an author has to write stands between
double brackets, `[[who is told]]`; as long as one is left, the draft has a fault (`drafts.prompts`).

Not here: modules of other plants or whole texts to copy; these are questions to answer.
"""
