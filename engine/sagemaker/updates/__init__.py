"""How an update is carried out. Begin at `schedule`, which says what a policy does; `steps` does it."""
