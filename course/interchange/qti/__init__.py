"""QTI 2.1, the standard of 1EdTech for questions, as a content package. Begin at `package`."""
