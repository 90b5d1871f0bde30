"""Practice and review: questions, terms and goals one after the other. Begin at `screen`."""
