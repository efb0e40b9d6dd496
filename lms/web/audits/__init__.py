"""For whoever asks why and what it came to: audits, plans, pilots, evaluations."""
