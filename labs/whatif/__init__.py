"""One number of a plan turned, and what that does. Begin at `knobs`."""
