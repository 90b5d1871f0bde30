"""A plan while it is written: its form, help at the cursor, what could be written there. Begin at `form`."""
