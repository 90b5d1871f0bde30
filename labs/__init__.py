"""Labs and incidents: scenarios, what is measured in them, and the grade. Begin at `lab`, then `grading`."""
