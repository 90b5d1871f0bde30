"""The first screen: what is there, what is done, where to go on. Begin at `screen`."""
