"""How much is known, how sure that is, and whether such guesses were right before. Begin at `posterior`."""
