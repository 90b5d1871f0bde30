"""What the service refuses beside the shapes of requests, one module per kind of request."""
