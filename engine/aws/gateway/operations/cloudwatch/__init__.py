"""CloudWatch's operations: alarms, what became of them, metrics that are read and metrics that are put. Begin at
`registry`."""
