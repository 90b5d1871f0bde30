"""Shadow tests: an experiment with a beginning and an end on an endpoint that exists. Begin at `service`."""
