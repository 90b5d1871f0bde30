"""An exam that was taken, to show: its share, the estimate, and the domains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labs.report.summary import Bar, Summary
from quiz.exams.score import scaled_estimate

if TYPE_CHECKING:
    from course.learning.exams.result import Result
    from course.ports import Desk
    from quiz.exams.profile import Profile
    from quiz.exams.score import Share


def exam_summary(result: Result, profile: Profile) -> Summary:
    """Return what there is to show of a result; an exam with a pass mark says whether the estimate reaches it."""
    whole, (low, middle, high) = result.score.whole, result.scaled
    mark = result.sitting.pass_mark
    lines = [f"Estimate of the scaled score: {middle}, between {low} and {high}. How exams are scaled is not public."]
    if mark is not None:
        reached = "reaches" if scaled_estimate(whole.share) >= mark else "does not reach"
        lines.append(f"The estimate {reached} the pass mark of {mark}.")
    lines.append(f"A mock exam, {result.ended.at:%Y-%m-%d}.")
    titles = {domain.id: domain.title for domain in profile.domains}
    return Summary(
        name=f"{profile.id}-share",
        title=profile.title,
        headline=f"{whole.right} of {whole.of} right ({whole.share:.0%})",
        bars=tuple(_bar(titles.get(id, id), share) for id, share in result.score.domains.items()),
        top=1.0,
        lines=tuple(lines),
    )


def share_exam(desk: Desk, result: Result, profile: Profile) -> tuple[str, str]:
    """Write text and picture of a result; return the files, ReportError if they cannot be written. Takes seconds, so
    call it from a worker."""
    return desk.share(exam_summary(result, profile))


def _bar(title: str, share: Share) -> Bar:
    return Bar(title, share.share, f"{share.right} of {share.of}", good=2 * share.right >= share.of)
