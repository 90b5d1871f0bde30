"""Lessons and quizzes: pages that are walked through. Begin at `walk`."""
