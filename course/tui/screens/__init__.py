"""Screens that belong to no room. Begin at `base`, the frame of every screen; style sheets that several rooms share."""
