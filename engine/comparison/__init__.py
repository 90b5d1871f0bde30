"""One workload on several ways to serve it, each simulated. Begin at `compare`."""
