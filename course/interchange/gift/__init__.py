"""GIFT, the plain text in which Moodle and others take questions. Begin at `writing`."""
