"""Runs that are predicted before they are seen. Begin at `view`, a lesson's step; `before_run` asks in a lab."""
