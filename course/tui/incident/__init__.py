"""The live incident: a screen on a clock."""
