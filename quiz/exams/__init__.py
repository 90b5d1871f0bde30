"""Exams as data: what one is, which questions it draws, and what an answered one is worth. Begin at `profile`."""
