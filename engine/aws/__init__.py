"""AWS requests, read, checked and written with the shipped service model."""
