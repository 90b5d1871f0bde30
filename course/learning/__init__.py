"""What follows from a learner's history: what is remembered, mastered, due and marked. Begin at `items`."""
