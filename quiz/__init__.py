"""Questions, their grading and the memory of what was learned."""
