"""Questions in the formats of other programs, and what each format drops. Begin at `formats`."""
