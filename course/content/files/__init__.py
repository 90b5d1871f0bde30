"""What each kind of file in a pack may hold, and how it is read. Begin at `course` and `outline`."""
