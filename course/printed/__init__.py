"""Lessons on paper: one HTML file that needs nothing else. Begin at `lesson`."""
