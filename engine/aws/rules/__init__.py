"""What the service refuses beside the shapes of requests. Begin at `existing`; the others are kinds of requests."""
