"""An alarm to play with, row by row. Begin at `screen`."""
