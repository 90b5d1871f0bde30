"""Where a plan is written, as text or as a form. Begin at `pane`."""
