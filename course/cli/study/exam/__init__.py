"""`mlcourse exam ...`, line by line. Begin at `group`; an exam is taken in `taking`."""
