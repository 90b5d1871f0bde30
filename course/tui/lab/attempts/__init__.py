"""Earlier attempts: which there are, and how their plans differ from the one that stands there. Begin at `dialog`."""
