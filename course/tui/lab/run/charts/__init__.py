"""The charts of a run, on one time axis. Begin at `time_chart`; what `lane_chart` draws, `errors` and `latency` say."""
