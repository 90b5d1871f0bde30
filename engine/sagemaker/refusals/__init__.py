"""What the service does not take, with AWS's texts: runs and checks both ask. Begin at `rules`."""
