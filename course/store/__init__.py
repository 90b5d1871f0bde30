"""The learner's history in SQLite: append-only events. Begin at `opening`; `journal` writes, `rescue` saves."""
