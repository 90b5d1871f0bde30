"""What fleets publish, minute by minute, and how it is read. Begin at `store`."""
