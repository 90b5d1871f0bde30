"""A class: what learners hand in, graded again from their plans, and the gradebook. Begin at `submission`."""
