"""Lessons and quizzes: one page after another. Begin at `lesson`; `pager` leads from page to page."""
