"""Where an endpoint begins, and what becomes of instances that are asked for."""
