"""What a person can do wrong on the command line, beside a wrong file."""

from course.errors import CourseError


class UsageError(CourseError):
    """The words of a command do not fit what is there; the message says what would."""
