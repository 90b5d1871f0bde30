"""What runs inside the commands of `mlcourse serve -- COMMAND`: the standard library alone, for any Python from 3.8.

Begin at `simulated`, which is found by its path and imported by none of us.
"""
