"""YAML with positions, read strictly and written back in place. Begin at `reader`."""
