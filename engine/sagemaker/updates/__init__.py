"""How an update is carried out: `schedule` says what a policy does, the others do it."""
