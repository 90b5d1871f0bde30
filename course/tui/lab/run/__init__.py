"""A run that plays. Begin at `pane`; `player` holds the film and the play head, `views` shows them."""
