"""The root of what a person can be told about.

CourseError        `str` is a sentence, or several lines, for people
└── see course.content.yaml.errors
"""

from __future__ import annotations


class CourseError(Exception):
    """Something that the program cannot go on with and a person can mend; never raised itself."""


def one_line(text: object) -> str:
    """Return a name or a path as a sentence repeats it: what is no sign to be seen is spelt out."""
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in str(text))
