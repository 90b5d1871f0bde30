"""What there is to know of an exam before one takes it, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quiz.exams.profile import Profile, Sale


def facts(profile: Profile, today: date) -> Iterator[str]:
    """Yield how much it asks, how long it takes and what is enough; then until when it can be taken."""
    unscored = f", {profile.unscored} of them unscored" if profile.unscored else ""
    tasks = f", {_counted(len(profile.tasks), 'practical task')}" if profile.tasks else ""
    time = f"{profile.time} min" if profile.minutes else f"time not published, {profile.time} min by our estimate"
    mark = f"{profile.pass_mark} of 1000 is enough" if profile.pass_mark else "no pass mark is published"
    yield f"{_counted(profile.questions, 'question')}{unscored}{tasks}; {time}; {mark}."
    for sale in profile.sold:
        yield _sold(sale, today)


def _sold(sale: Sale, today: date) -> str:
    begins = f" from {sale.from_}" if sale.from_ else ""
    ends = f" until {sale.until}" if sale.until else ""
    now = ""
    if sale.until and sale.until < today.isoformat():
        now = "; it cannot be taken any more"
    elif sale.from_ > today.isoformat():
        now = "; it cannot be taken yet"
    return f"Sold: {sale.what}{',' if begins or ends else ''}{begins}{ends}{now}."


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
