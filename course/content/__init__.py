"""Lesson packs: YAML and Markdown become values, with exact errors. Begin at `pack`."""
