"""The grade of a plan on screen. Begin at `pane`."""
