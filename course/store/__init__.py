"""The learner's history in SQLite: append-only events."""
