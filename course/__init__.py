"""The program that a learner starts. Begin at `wiring`, which hands the parts out to each other."""
