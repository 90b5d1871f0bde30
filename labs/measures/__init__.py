"""What is measured, a row each: in one run, and over seeds. Begin at `registry`."""
