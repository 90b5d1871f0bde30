"""The charts of a run, on one time axis. Begin at `time_chart`."""
