"""Requests as data turned into the engine's values, and back. Begin at `reading`."""
