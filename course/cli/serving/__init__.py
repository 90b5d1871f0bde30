"""`mlcourse serve` and `mlcourse clock`: real AWS clients talk to a simulated run."""
