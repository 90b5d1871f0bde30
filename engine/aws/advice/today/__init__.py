"""Alarms that are true of today's fleet, asked of the simulator. Begin at `ask`."""
