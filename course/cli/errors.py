"""What a person can do wrong on the command line, beside a wrong file.

course.errors.CourseError
├── UsageError       the words of a command do not fit what is there; the message says what would
├── UnreadablePlan   a plan that is no set of AWS requests at all
└── RefusedPlan      a plan that AWS would not accept; nothing was done with it
"""

from course.errors import CourseError


class UsageError(CourseError):
    """The words of a command do not fit what is there; the message says what would."""


class UnreadablePlan(CourseError):
    """A plan that is no set of AWS requests at all."""


class RefusedPlan(CourseError):
    """A plan that AWS would not accept: found wanting, but no wrong use of the program."""
