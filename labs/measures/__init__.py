"""What is measured: in one run, and over seeds. Begin at `one_run`."""
