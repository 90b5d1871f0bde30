"""The gradebook of a class, from a folder of submissions to its files. Begin at `whole`."""
