"""How the learner stands: what is known, due, passed and foreseen. Begin at `screen`."""
