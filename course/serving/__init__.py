"""Real clients of the simulated AWS: what they sent as a plan, and scripts that are rehearsed. Begin at `plan`."""
