"""Serverless variants: environments that come and go with the requests. Begin at `fleet`."""
