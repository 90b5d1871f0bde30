"""When something learned should be seen again, so that it is not forgotten. Begin at `scheduling`."""
