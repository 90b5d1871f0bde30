"""Dataclasses built from YAML by their type hints, every error at once. Begin at `build`."""
