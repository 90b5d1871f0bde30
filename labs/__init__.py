"""Labs: scenarios, what is measured in them, and the grade."""
