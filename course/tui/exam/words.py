"""What is said of an exam and of its time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from course.tui.drawing.words import count
from quiz.exams.draw import apportioned

if TYPE_CHECKING:
    from quiz.exams.draw import Draw
    from quiz.exams.profile import Profile
    from quiz.exams.score import Share

SOON = timedelta(minutes=5)
"""So near to the end it is warned."""
PROMISES = (
    "The clock starts when you begin, and goes on while the program is closed, as in a test centre.",
    "Nothing is marked before the end: no verdict, no hints, no second try.",
    "Every answer is written down at once. You can leave, come back and change answers until the time is up; then the "
    "exam ends by itself, as it stands.",
)
"""Said before it begins."""


def name(id: str) -> str:
    """Return what an exam is called in short: the last words of a title may not fit."""
    return id.upper()


def minutes_left(left: timedelta) -> str:
    """Return whole minutes, rounded up, such as `41 min`."""
    return f"{-(-int(left.total_seconds()) // 60)} min"


def clock(left: timedelta) -> str:
    """Return what the title bar shows, such as `1:40:07 left`; near the end a sign warns."""
    seconds = int(left.total_seconds())
    hours, minutes = divmod(seconds // 60, 60)
    time = f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"
    return f"{'! ' if left <= SOON else ''}{time} left"


def in_short(profile: Profile) -> str:
    """Return its size in a few words."""
    tasks = f" + {count(len(profile.tasks), 'task')}" if profile.tasks else ""
    return f"{count(profile.questions, 'question')}{tasks} · {'' if profile.minutes else 'about '}{profile.time} min"


def weights(profile: Profile, drawn: Draw) -> Iterator[str]:
    """Yield each domain with its weight, and how much of it the bank covers."""
    quotas = apportioned(profile.questions, [domain.weight for domain in profile.domains])
    for domain, quota in zip(profile.domains, quotas, strict=True):
        there = quota - drawn.missing.get(domain.id, 0)
        without = [each for each in domain.objectives if each in drawn.uncovered]
        say = f"{domain.weight} %  {domain.title}: {there} of {quota}"
        yield f"{say}; nothing for {', '.join(without)}" if without else say


def covered(profile: Profile, drawn: Draw) -> str:
    """Return how much of the whole the bank covers, and how long the exam is then."""
    asked = len(drawn.questions)
    if not asked:
        return "The bank has no question for it yet, so it cannot be taken here."
    if asked == profile.questions:
        return "The questions of this course cover all of its weights."
    share = f"The questions of this course cover {asked} of {profile.questions} by its weights"
    return f"{share}; this one takes {drawn.minutes} min, in the same pace."


def as_share(share: Share) -> str:
    """Return a share in words, such as `12 of 20, 60 % (39 to 78 %)`."""
    low, high = (round(100 * end) for end in share.interval)
    return f"{share.right} of {share.of}, {100 * share.share:.0f} % ({low} to {high} %)"
