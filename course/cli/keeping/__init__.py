"""`mlcourse progress` and what can be done with a history: taking it elsewhere, a report of it, forgetting. Begin at
`commands`."""
