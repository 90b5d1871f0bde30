"""The built-in lesson pack; content only, no code."""
