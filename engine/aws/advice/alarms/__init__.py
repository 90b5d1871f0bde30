"""What an alarm of a plan can see and when. Begin at `alarms_of_updates`."""
