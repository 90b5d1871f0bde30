"""What editors are told of files, so that they complete and underline. Begin at `schemas`."""
