"""Batch transform: objects of S3 split into requests and spread over instances, as arithmetic over whole objects."""
