"""What if? One number of the plan turned, and what that does, as curves. Begin at `screen`."""
