"""Exams that a learner takes: one sitting, its events, and what came out. Begin at `sitting`."""
