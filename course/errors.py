"""The root of what a person can be told about.

CourseError        `str` is a sentence, or several lines, for people
└── see course.content.yaml.errors
"""

from __future__ import annotations


class CourseError(Exception):
    """Something that the program cannot go on with and a person can mend; never raised itself."""
