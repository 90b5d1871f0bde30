"""Questions on the screen. Begin at `panel`, which holds a body for each kind of question."""
