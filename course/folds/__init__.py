"""What follows from a history, in a form that can be kept beside it. Begin at `fold`."""
