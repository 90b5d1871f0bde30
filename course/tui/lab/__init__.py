"""A lab: brief, plan, run and grade in one workspace. Begin at `screen`; `study` is what all panes are handed."""
