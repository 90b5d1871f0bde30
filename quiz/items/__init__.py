"""What the answers of many learners say about questions. Begin at `statistics`."""
