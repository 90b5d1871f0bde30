"""How an endpoint comes and goes: as a run begins, created, deleted."""
