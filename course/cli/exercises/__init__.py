"""Labs and incidents on the command line. Begin at `labs`; what they have in common is in `briefs`."""
