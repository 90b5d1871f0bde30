"""What every kind of exercise has: goals, measures, a verdict, what is kept, a proof. Begin at `exercise`."""
