"""Lessons on paper: one HTML file with everything in it. Begin at `page`."""
