"""The page that a learner keeps. Begin at `write`."""
