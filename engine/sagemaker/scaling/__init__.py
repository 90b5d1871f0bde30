"""Application Auto Scaling at work in a run. Begin at `scaler`."""
