"""Batch transform on the clock of a run. Begin at `jobs`."""
