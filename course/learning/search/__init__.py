"""Finding a place again by the words that stand there. Begin at `index`."""
