"""What each kind of file in a pack may hold, one module per kind. Begin at `course` and `outline`."""
