"""AWS's endpoints without a socket: a request in, an answer out, of an account that is live. Begin at `gateway`."""
