"""Moodle XML, in which Moodle keeps most of what a question has. Begin at `writing`."""
