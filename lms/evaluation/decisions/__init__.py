"""What the steering group decided on an evaluation, and what was said beside its verdicts.

Both are appended, never changed: a later decision stands after an earlier one, and the
report prints both. A comment stands beside a verdict and never overrides it.

Not here: what the rule proposes (`evaluation.proposal`).
"""
