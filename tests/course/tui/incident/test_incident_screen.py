"""The live incident at the keyboard: brief, shift, grade; the clock, the requests, and what stays hidden."""

from __future__ import annotations

import json
import re

import pytest
from textual.containers import VerticalScroll

import labs.incidents.session
from course.folds.advancing import progress
from course.tui.home.screen import HomeScreen
from course.tui.incident import live as live_view
from course.tui.incident.brief import BriefView
from course.tui.incident.dialogs import EndShift, SendRequest, ShowText
from course.tui.incident.live import LiveView
from course.tui.incident.screen import IncidentScreen
from course.tui.incident.terminal import Terminal
from course.tui.incident.verdict import ShiftVerdict
from course.tui.lab.grade.goal_card import GoalCard
from course.tui.lab.run.views import RunViews
from course.tui.lesson.lesson import LessonScreen
from course.tui.widgets.key_bar import KeyBar
from engine.aws.translation.reading import read_plan
from engine.live import Live
from labs.incidents.ongoing import Ongoing
from labs.incidents.session import drawn, replay
from tests.course.tui import fakes
from tests.course.tui.driving import LARGE, SMALL, read, resize, rows, shown
from tests.course.tui.incident.driving import (
    ID,
    Shelf,
    incident,
    live,
    on_call,
    on_shift,
    press,
    send,
    study,
    until,
    verdict,
    wait_until,
)

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "140x45"])
RELEASES = [release.id for release in incident().releases]
TALL = (140, 70)
HIDDEN = [*RELEASES, *(release.id.capitalize() for release in incident().releases)]
BEGAN_S = 306.5
"""The update has been sent, and its first instances are being launched."""
GREEN_FAILS_S = 306 + 180 + 100
"""Green has had traffic for a whole minute, and the minute has been counted."""


@pytest.mark.parametrize(
    ("release", "size"),
    [*((release, TALL) for release in RELEASES), (RELEASES[0], SMALL)],
    ids=[*(f"{release}, everything in sight" for release in RELEASES), "80x24"],
)
async def test_no_release_is_named_before_the_grade(release, size):
    """Not on the brief, not while the clock runs, not in any question; with the grade it is told."""
    async with on_call(study(release), size) as pilot:
        seen = [shown(pilot)]
        await press(pilot, "enter")
        await until(pilot, lambda: bool(pilot.app.screen.query(LiveView)))
        for t in (600.0, 1900.0):
            await wait_until(pilot, t)
            seen.append(shown(pilot))
        for key in ("d", "s", "x", "u", "l", "b"):
            await press(pilot, key)
            seen.append(shown(pilot))
            await press(pilot, "escape")
        says = [release.say[:30] for release in incident().releases]

        assert not [word for word in (*HIDDEN, *says) for text in seen if word in text]

        await press(pilot, "l", "enter")
        await verdict(pilot)

        assert f"release: {release.capitalize()}" in shown(pilot)


async def test_the_future_is_not_shown(monkeypatch):
    """Until green has its first requests, all releases look the same to the last character."""
    pages = []
    for release in RELEASES:
        monkeypatch.setattr(labs.incidents.session, "drawn", lambda incident, attempts, release=release: (release, 5))
        async with on_shift(study()) as pilot:
            await wait_until(pilot, 470.0)
            small = shown(pilot)
            await resize(pilot, *LARGE)
            pages.append((small, shown(pilot)))

    assert pages[0] == pages[1] == pages[2]


@pytest.mark.parametrize(("size", "beside"), [(SMALL, False), (LARGE, True)], ids=["80x24", "140x45"])
async def test_the_terminals_stand_beside_the_charts_where_there_is_room(size, beside):
    """Elsewhere they stand below."""
    async with on_shift(study("sound"), size) as pilot:
        charts, terminal = live(pilot).query_one(RunViews).region, live(pilot).query_one(Terminal).region

        assert (terminal.x >= charts.right, terminal.y >= charts.bottom) == (beside, not beside)


async def test_space_reads_the_brief_on():
    """Where it is longer than the screen; the footer names the key, and the clock still waits."""
    async with on_call(study("sound"), SMALL) as pilot:
        brief = pilot.app.screen.query_one(BriefView)
        brief.styles.height = 5
        await until(pilot, lambda: brief.max_scroll_y > 0)
        assert "space Read on" in rows(pilot)[-1]
        await press(pilot, "space")
        await until(pilot, lambda: brief.scroll_y > 0)
        assert not pilot.app.screen.query(LiveView)


async def test_letting_it_go_ends_the_shift():
    """The brief comes first. Enter starts the clock, at the moment at which the colleague sends the update. The footer
    names what can be sent. Letting it go is asked first; then the grade comes, and nothing was deleted."""
    async with on_call(study("sound"), LARGE) as pilot:
        assert "Friday, 16:35" in shown(pilot)
        await resize(pilot, *SMALL)
        assert "Friday, 16:35" in shown(pilot)
        assert not pilot.app.screen.query(LiveView)

        await press(pilot, "enter")
        await until(pilot, lambda: bool(pilot.app.screen.query(LiveView)))
        assert live(pilot).shift.shown == incident().world.update_at_s
        assert "Launching" in live(pilot).film.events(306.0)[-1].say
        assert live(pilot).shift.running
        assert pilot.app.screen.query_one(KeyBar).render()
        for size in (SMALL, LARGE):
            await resize(pilot, *size)
            for word in ("Describe", "Stop", "Delete", "Go back", "Leave"):
                assert word in rows(pilot)[-1]

        await press(pilot, "l")
        assert isinstance(pilot.app.screen, EndShift)
        assert "End it" in rows(pilot)[-1]
        await press(pilot, "escape")
        assert live(pilot)
        await press(pilot, "l", "enter")
        await verdict(pilot)
        assert "no configuration was deleted" in shown(pilot)


async def test_the_clock_is_in_the_learners_hand(monkeypatch):
    """Space holds it and lets it go on; held, it says that what is graded stands still. Each ring of the timer moves it
    on by the speed, which is 1, 5, 10, 30 or 60 times real time; a look at something else holds it."""
    async with on_shift(study()) as pilot:
        view = live(pilot)
        await press(pilot, "space")
        view.advance(60)
        assert view.shift.t == BEGAN_S
        assert "what is graded stands still" in shown(pilot)
        await press(pilot, "space")
        view.advance(1)
        assert view.shift.t == BEGAN_S + 10

        monkeypatch.setattr(live_view, "FRAME_S", 0.1)
        before = view.shift.t
        view.tick()
        assert view.shift.t == pytest.approx(before + 1.0)
        await press(pilot, "d")
        held = view.shift.t
        view.tick()
        assert view.shift.t == held
        await press(pilot, "escape", "l")
        view.tick()
        await pilot.pause()
        assert "‖ waits ×10" in shown(pilot)
        await press(pilot, "escape")
        view.tick()
        await pilot.pause()
        assert "▶ live ×10" in shown(pilot)

        speeds = []
        for key in ("minus", "minus", "minus", "plus", "plus", "plus", "plus", "plus"):
            await press(pilot, key)
            speeds.append(view.shift.speed)
        assert speeds == [5, 1, 1, 5, 10, 30, 60, 60]


async def test_describe_shows_what_the_endpoint_answers_now():
    """While the update runs it names the old configuration; afterwards there is a FailureReason. The mouse can do what
    the keys can: a click on a key in the footer asks; a click on a configuration chooses it."""
    async with on_shift(study("crashing"), LARGE) as pilot:
        await wait_until(pilot, 600.0)
        await press(pilot, "d")
        assert isinstance(pilot.app.screen, ShowText)
        assert "EndpointStatus: Updating" in shown(pilot)
        assert "EndpointConfigName: arrivals-v1" in shown(pilot)
        assert "FailureReason" not in shown(pilot)

        await press(pilot, "escape")
        await wait_until(pilot, 900.0)
        await press(pilot, "d")
        assert "EndpointStatus: InService" in shown(pilot)
        assert "FailureReason" in shown(pilot)

        await press(pilot, "escape")
        footer = shown(pilot).splitlines()[-1]
        await pilot.click(KeyBar, offset=(footer.index("Delete"), 0))
        await until(pilot, lambda: isinstance(pilot.app.screen, SendRequest))
        question = pilot.app.screen
        [row] = [y for y, line in enumerate(shown(pilot).splitlines()) if "DeleteEndpointConfig arrivals-v2" in line]
        await pilot.click(offset=(40, row))
        await pilot.pause()
        assert question.chosen == 1
        assert "  EndpointConfigName: arrivals-v2" in shown(pilot)


@pytest.mark.parametrize("release", ["crashing", "sound"])
async def test_the_waiter_says_success_whatever_happened(release):
    """After a rollback as after a promotion, and not before the status is InService."""
    async with on_shift(study(release), LARGE) as pilot:
        await wait_until(pilot, 400.0)
        early = shown(pilot)
        await wait_until(pilot, 1900.0)

        assert "waiting, looked 4 times" in early
        assert "success" not in early
        assert "success: the endpoint is in" in shown(pilot)


async def test_another_update_does_not_start_the_waiter_again():
    """It was started with the colleague's, and what it has said stands where it was."""
    async with on_shift(study("crashing"), LARGE) as pilot:
        await wait_until(pilot, 1000.0)
        await send(pilot, "u", "enter")
        await wait_until(pilot, 1100.0)
        told = re.findall(r"(\d+:\d\d)  (colleague \$|✓ success|you \$)", shown(pilot))

        assert [who for _, who in told] == ["colleague $", "✓ success", "you $"]
        assert (told[0][0], told[-1][0]) == ("5:06", "16:40")


@SIZES
async def test_a_shift_done_right_passes(size):
    """Harm seen, stopped by hand, looked at, cleaned up: four goals, and it is written down. A stop asks with the real
    request, as YAML, and can be taken back: Esc sends nothing. What was shown before an action is the same after it."""
    learner = study("picky")
    async with on_shift(learner, size) as pilot:
        await wait_until(pilot, GREEN_FAILS_S)
        await press(pilot, "s")
        question = shown(pilot)
        assert "SetAlarmState:" in question
        assert "  AlarmName: v2-5xx" in question
        assert "  StateValue: ALARM" in question
        await press(pilot, "escape")
        assert live(pilot).sent == ()
        assert live(pilot).session.actions == ()

        charts = slice(2, 14)
        before = rows(pilot)[charts]
        await send(pilot, "s", "enter")
        if size == SMALL:  # on a large screen the terminals stand beside them
            assert rows(pilot)[charts] == before

        await wait_until(pilot, 840.0)
        await press(pilot, "x", "tab", "enter")
        result = await verdict(pilot)
        assert [card._goal.passed for card in result.query(GoalCard)] == [True] * 4
        assert "Passed: 4 goals" in shown(pilot)

    *_, last = learner.journal.events()
    assert (last.kind, last.subject, last.data["passed"], last.data["release"]) == (
        "incident-graded",
        ID,
        True,
        "picky",
    )
    assert progress(learner.journal.events()).incidents[ID].passed


async def test_what_the_service_refuses_is_said_and_the_shift_goes_on():
    """An UpdateEndpoint during an update changes nothing, and its refusal does not rub off on a request of the same
    moment. A grade can be worked out again from what was kept: release, seed and actions with their times are all that
    it takes."""
    learner = study("picky")
    async with on_shift(learner) as pilot:
        await wait_until(pilot, GREEN_FAILS_S)
        view = live(pilot)
        await send(pilot, "u", "enter")
        assert (
            view.sent[0].refusal
            == 'Cannot update in-progress endpoint "arn:aws:sagemaker:us-east-1:111122223333:endpoint/arrivals".'
        )
        assert "Cannot update in-progress endpoint" in shown(pilot)
        assert view.shift.running
        await send(pilot, "s", "enter")
        assert [sent.refusal is None for sent in view.sent] == [False, True]

        await press(pilot, "l", "enter")
        graded = (await verdict(pilot))._grade.session

    *_, last = learner.journal.events()
    actions = read_plan({"Later": json.loads(json.dumps(last.data["later"]))})
    assert replay(incident(), last.data["release"], actions, last.data["seed"]) == graded


async def test_believing_the_waiter_fails_and_the_grade_says_why():
    """The classic: the configuration in service is deleted. The verdict gives hints one by one."""
    async with on_shift(study("crashing"), LARGE) as pilot:
        await wait_until(pilot, 900.0)
        await press(pilot, "x", "enter")
        await verdict(pilot)
        page = shown(pilot)
        assert "Not yet: 3 of 4 goals" in page
        assert "arrivals-v1 was deleted, and it is the one in service" in page
        assert "What would have been right" in page
        assert "One or more configured alarm" in page

        await press(pilot, "h")
        assert "hint 1 of 3" in shown(pilot)
        assert pilot.app.screen.query(ShiftVerdict)


async def test_leaving_a_shift_is_ending_it():
    """Esc asks the same: nobody looks ahead and starts over. Once more draws the next release: the draw follows from
    the number of shifts. From the grade Esc leads back."""
    learner = study("crashing")
    async with on_shift(learner) as pilot:
        first = live(pilot).session
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, EndShift)
        await press(pilot, "enter")
        await verdict(pilot)
        assert learner.journal.events()[-1].kind == "incident-graded"

        await press(pilot, "enter")
        await until(pilot, lambda: bool(pilot.app.screen.query(LiveView)))
        second = live(pilot).session
        shifts = progress(learner.journal.events()).incidents[ID].attempts
        assert (second.release.id, second.seed) == drawn(incident(), shifts - 1)
        assert (first.release.id, first.seed) != (second.release.id, second.seed)
        assert live(pilot).shift.t == BEGAN_S

        await press(pilot, "l", "enter")
        await verdict(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_the_shift_ends_when_its_time_is_up():
    """Exactly one grade is written down, however long the clock would go on."""
    learner = study()
    before = len(learner.journal.events())
    async with on_shift(learner) as pilot:
        view = live(pilot)
        view.advance(1e6)
        view.advance(1e6)
        await verdict(pilot)

    assert [event.kind for event in learner.journal.events()[before:]] == ["incident-begun", "incident-graded"]


async def test_a_shift_that_was_left_is_known_and_counts():
    """Quitting in the middle is no way to look ahead: the next shift is another day, and the brief says why."""
    learner = study()
    async with on_shift(learner) as pilot:
        first = live(pilot).session
        await press(pilot, "ctrl+q")

    assert learner.journal.events()[-1].kind == "incident-begun"

    async with on_call(learner) as pilot:
        before = len(learner.journal.events())
        for size in (SMALL, LARGE):
            await resize(pilot, *size)
            page = read(pilot)
            assert "! A shift was left before it was graded. It counts" in page
            assert "1 left early" in page

        await press(pilot, "enter")
        await until(pilot, lambda: bool(pilot.app.screen.query(LiveView)))
        second = live(pilot).session
        assert (second.release.id, second.seed) == drawn(incident(), before)
        assert second.seed != first.seed

        await press(pilot, "l", "enter")
        await verdict(pilot)

    so_far = progress(learner.journal.events()).incidents[ID]
    assert (so_far.attempts, so_far.abandoned) == (before + 1, 1)


@pytest.mark.parametrize("keys", [("ctrl+q", "y"), ("l", "enter")], ids=["left", "graded"])
async def test_no_run_goes_on_that_nobody_watches(monkeypatch, keys):
    """Whether the learner leaves in the middle, or the shift has been graded."""
    over = []
    monkeypatch.setattr(Live, "let_go", lambda run: over.append(run))
    async with on_shift(study()) as pilot:
        await wait_until(pilot, 500.0)
        assert not over
        await press(pilot, *keys)
        await until(pilot, lambda: pilot.app._exit or bool(pilot.app.screen.query(ShiftVerdict)))

    assert any(run.now >= 500.0 for run in over)


async def test_a_run_that_breaks_off_is_said(monkeypatch):
    """The program lives on, and the next shift can be begun."""

    def broken(ongoing, t):
        raise RuntimeError("out of order")

    async with on_shift(study()) as pilot:
        monkeypatch.setattr(Ongoing, "advance", broken)
        live(pilot).advance(1)
        await until(pilot, lambda: "The shift broke off (RuntimeError: out of order)" in shown(pilot))
        await press(pilot, "escape")

        assert isinstance(pilot.app.screen, HomeScreen)
        assert pilot.app._exception is None


async def test_who_has_scrolled_back_stays_there():
    """A list is told anew, down to its newest line, only where there is one more: not with every minute."""
    async with on_shift(study("sound"), SMALL) as pilot:
        view = live(pilot)
        lines = view.query_one(Terminal).query_one(VerticalScroll)
        lines.styles.height = 1
        await wait_until(pilot, 1900.0)
        await until(pilot, lambda: lines.max_scroll_y > 0 and lines.scroll_y == lines.max_scroll_y)
        await press(pilot, "up")
        await until(pilot, lambda: lines.scroll_y < lines.max_scroll_y)
        there, film = lines.scroll_y, view.film
        await wait_until(pilot, 1970.0)
        await pilot.pause()

        assert view.film is not film
        assert lines.scroll_y == there


async def test_two_presses_of_the_key_begin_one_shift():
    """The second one comes before the shift is on the screen."""
    learner = study()
    async with on_call(learner) as pilot:
        pilot.app.simulate_key("enter")
        pilot.app.simulate_key("enter")
        await until(pilot, lambda: bool(pilot.app.screen.query(LiveView)))
        await pilot.pause()

    assert [event.kind for event in learner.journal.events()].count("incident-begun") == 1


async def test_an_unknown_incident_is_said():
    """The screen stays calm."""
    learner = fakes.study(catalog=Shelf())
    async with on_call(learner, start="canary") as pilot:
        pilot.app.push_screen(IncidentScreen(learner, "nowhere"))
        await until(pilot, lambda: "There is no incident nowhere" in shown(pilot))


async def test_home_leads_to_the_incident():
    """`i` on its topic opens it, and the card tells how it went."""
    learner = fakes.study(catalog=Shelf())
    async with on_call(learner, LARGE, start="") as pilot:
        assert "The silent rollback  live, not tried" in shown(pilot)

        await press(pilot, "i")
        await until(pilot, lambda: bool(pilot.app.screen.query(BriefView)))


async def test_the_lesson_leads_to_the_incident():
    """Enter on its step opens it."""
    learner = fakes.study(catalog=Shelf())
    async with on_call(learner, start="canary") as pilot:
        await press(pilot, "enter")

        assert isinstance(pilot.app.screen, LessonScreen)
        assert "The silent rollback" in shown(pilot)

        await press(pilot, "enter")
        await until(pilot, lambda: bool(pilot.app.screen.query(BriefView)))
