"""The screens: they show values and forward intents. Begin at `app`; a folder for each room that a learner is in."""
