"""On a small screen, what matters gives way last: how a run ended, what the lines are, which alarms stopped it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.tui.lab.grade.comparison import detections
from course.tui.lab.run.charts.lane_chart import fitting
from course.tui.lab.run.endpoint_line import said, shortened
from course.tui.lab.run.playback_line import OUTCOMES, PlaybackLine
from tests.course.tui.driving import SMALL, read, rows, until
from tests.course.tui.lab.driving import a_lab_screen, press, run, settle
from tests.course.tui.lab.fakes import a_grade, a_study
from tests.course.tui.lab.test_overlay import a_graded_study
from tests.course.tui.lab.test_run_pane import BROKEN


async def test_how_a_run_ended_is_told_in_full_beside_a_long_name():
    """With the name of the release and both plans in the caption, it is the caption that is shortened; the legend of
    the traffic names both fleets."""
    async with a_lab_screen(a_graded_study(), SMALL) as pilot:
        player = await run(pilot, BROKEN)
        await press(pilot, "o")
        await until(pilot, lambda: player.other is not None)
        player.go(player.playback.end)
        await settle(pilot)

        assert "✗ rolled back at 12:32" in read(pilot)
        assert "yours + reference" in read(pilot)
        [traffic] = [row for row in rows(pilot) if "Traffic in %" in row]
        assert "━ reference" in traffic
        assert "green is churn-v2" in traffic


@pytest.mark.parametrize("outcome", OUTCOMES)
async def test_every_outcome_has_room(outcome):
    """Even the longest one, at 80 columns."""
    async with a_lab_screen(a_study(), SMALL) as pilot:
        player = await run(pilot, BROKEN)
        object.__setattr__(player.film.run, "outcome", outcome)
        player.go(player.playback.end)
        player.query_one(PlaybackLine).refresh()
        await settle(pilot)

        assert f"{OUTCOMES[outcome]} at 12:32" in read(pilot)


async def test_a_day_without_an_update_tells_what_was_missed():
    """That nothing was updated is no news in a lab about serving."""
    async with a_lab_screen(a_study(), SMALL) as pilot:
        player = await run(pilot, BROKEN)
        for name, value in (("outcome", "no-update"), ("update_ended_s", None)):
            object.__setattr__(player.film.run, name, value)
        player.go(player.playback.end)
        player.query_one(PlaybackLine).refresh()
        await settle(pilot)
        sums = player.film.run.totals
        missed = sums.errors_5xx + sums.errors_4xx + sums.slo_missed

        assert f"{missed:,} of {sums.requests:,} requests missed" in read(pilot)


async def test_the_footer_says_what_space_will_do():
    """Pause while it plays, Play while it stands."""
    async with a_lab_screen(a_study(), SMALL, motion="full") as pilot:
        await run(pilot, BROKEN)
        assert "space Pause" in rows(pilot)[-1]
        await press(pilot, "space")
        assert "space Play" in rows(pilot)[-1]


def test_an_endpoint_that_is_not_there_is_said_in_awss_words():
    """What DescribeEndpoint answers then is an error."""
    answer = {"Error": {"Code": "ValidationException", "Message": 'Could not find endpoint "arn".'}}

    assert said(answer).plain == 'Could not find endpoint "arn".'


@given(st.lists(st.text("abc-", min_size=1, max_size=40), max_size=6), st.integers(24, 80))
def test_a_legend_fits_and_says_how_many_it_leaves_out(marks, room):
    """No mark vanishes unsaid."""
    legend = fitting(marks, room)

    assert len(legend) <= room
    left_out = int(legend.rpartition("+")[2].split()[0]) if " more" in legend else 0
    assert left_out + len(legend.split("   ")) - (left_out > 0) == max(1, len(marks))


def test_a_long_reason_keeps_the_names_of_the_alarms():
    """They stand at its end."""
    reason = (
        "One or more configured alarm for automatic rollback deployment is in ALARM state: [v2-errors, v2-latency]."
    )

    short = shortened(reason, 60)
    assert len(short) <= 60
    assert short.endswith("state: [v2-errors, v2-latency].")
    assert shortened(reason, 200) == reason
    assert said({"EndpointStatus": "InService", "FailureReason": reason}, 40).plain.endswith("v2-latency].")


def test_a_median_says_of_how_many_seeds_it_is():
    """What was never detected in some seeds has no time in them."""
    grade = a_grade()

    assert detections(grade.releases["hidden-broken"]) == "; detected after 4:10 in 12 of 20"
    assert detections(grade.releases["hidden-healthy"]) == ""
