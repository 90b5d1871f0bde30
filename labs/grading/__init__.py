"""A plan graded over releases and seeds, and the proof that a lab works. Begin at `grade_plan`."""
