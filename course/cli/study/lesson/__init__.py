"""Lessons in plain lines. Begin at `command`; `prose` reads Markdown out, `plots` what is drawn."""
