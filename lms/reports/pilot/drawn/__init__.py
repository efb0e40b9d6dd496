"""Each chart where it stands: drawn from what is stored, said in words, its figures in a table beneath it."""
