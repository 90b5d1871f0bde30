"""Bookmarks and notes on whatever is on screen. Begin at `line`."""
