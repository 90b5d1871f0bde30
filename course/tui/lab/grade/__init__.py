"""The grade of a plan on screen. Begin at `pane`; `page` is what the grade of a shift has too."""
