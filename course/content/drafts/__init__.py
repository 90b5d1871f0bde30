"""Packs while they are written: as far as they can be read, with all that is wrong."""
