"""The live incident: a brief, a shift on its clock, a grade. Begin at `screen`; `live` is the shift itself."""
