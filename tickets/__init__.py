"""The company's case: its number, its life and the promise of an answer in working time."""
