"""What lets a stranger recompute a verdict: counts and sums by team, small groups held back.

They go into the dossier. Where something may not be shown, what rests on it is *stated*: its
figure is given and the dossier says that nobody outside can recompute it, and why. Values of
people are given only where several people share each; what is not about people is given whole.

Not here: what the script of the dossier does with them (`reports.dossier`).
"""
