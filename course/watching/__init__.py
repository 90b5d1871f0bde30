"""A pack watched while it is written: its files, what changed in them, and what is wrong."""
