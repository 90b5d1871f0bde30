"""AWS's endpoints on a socket, with a clock of their own, and scripts that are rehearsed. Begin at `session`."""
