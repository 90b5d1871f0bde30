"""`mlcourse check`: what reading a pack does not find. Begin at `check`."""
