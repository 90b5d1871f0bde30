"""The lab: brief, plan, run and grade in one workspace."""
