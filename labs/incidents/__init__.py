"""An update that somebody else started, acted on while it runs. Begin at `session`."""
