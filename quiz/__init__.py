"""Questions and how they are graded. Begin at `questions`, which names the kinds, then `grading`."""
