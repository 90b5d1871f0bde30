"""Metric math: syntax, calculation, and the series that an alarm sees. Begin at `series`."""
