"""The report of a pilot's evaluation, chapter by chapter in the order of the evaluation reference."""
