"""Why the plant should learn differently: the audit as data.

Inventories, the panel of people met, evidence, findings that rest on it,
recommendations, actions, points of vigilance. Each text says whether it is known from
the published interview or illustrative.

Not here: which module answers a recommendation (plans), what it came to (evaluation).
"""
