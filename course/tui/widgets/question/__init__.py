"""Questions on the screen: one body for each kind, in one panel."""
