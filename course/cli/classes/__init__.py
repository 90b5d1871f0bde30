"""What belongs to a class: a learner's submission, and all that a teacher does with many. Begin at `group`."""
