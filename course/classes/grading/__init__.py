"""Plans graded again, as pieces of work for any process. Begin at `work`."""
