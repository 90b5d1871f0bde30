"""What a request may look like, read off botocore's service models. Begin at `models`."""
