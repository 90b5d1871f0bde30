"""The requests: when they come, and every random number that belongs to them. Begin at `arrivals`."""
