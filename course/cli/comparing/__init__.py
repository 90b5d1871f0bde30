"""What `mlcourse compare` shows: a `table`, JSON, a `plot`."""
