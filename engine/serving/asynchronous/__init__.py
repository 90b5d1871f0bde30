"""Asynchronous endpoints: requests that wait in a queue. Begin at `fleet`."""
