"""AWS requests read, checked and written by the service model that AWS ships. Begin at `checking`."""
