"""For trainers: modules from their first word to their newest edition."""
