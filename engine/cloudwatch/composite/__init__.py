"""Composite alarms: their rules, and the suppression of their actions. Begin at `rule`."""
