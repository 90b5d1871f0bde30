"""Questions with other numbers each time. Begin at `families`, which names the functions that work them out."""
