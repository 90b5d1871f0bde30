"""An accepted plan as real AWS takes it. Begin at `forms`."""
