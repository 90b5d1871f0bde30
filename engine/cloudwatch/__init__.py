"""Alarms on their clock, over any source of metrics. Begin at `watch`; `decision` says what points make of it."""
