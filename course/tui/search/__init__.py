"""Looking something up without going there for good. Begin at `screen`."""
