"""AWS's endpoints on a socket, with a clock of their own. Begin at `session`."""
