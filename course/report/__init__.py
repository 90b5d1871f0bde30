"""A learner's progress as one page to keep or to show. Begin at `page`."""
