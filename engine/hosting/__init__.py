"""The endpoints of a run, each with whoever calls it, on one clock. Begin at `hosts`."""
