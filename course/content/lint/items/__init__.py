"""Advice on questions and pages: what is not wrong, and makes them worse. Begin at `advice`."""
