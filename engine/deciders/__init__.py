"""What several controllers make of one row of points. Begin at `table`; each controller has a module of its own."""
