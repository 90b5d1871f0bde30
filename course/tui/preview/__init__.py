"""The course while a pack is written: what was saved last is shown, and what is wrong in its place. Begin at `app`."""
