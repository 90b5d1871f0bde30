"""The requests of a plan as values with AWS's names, below everything else. Begin at `sagemaker`."""
