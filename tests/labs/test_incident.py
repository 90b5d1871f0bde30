"""The live incident: the past stays as it was seen, and the verdict follows from what was done and when."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.content.pack import Pack
from course.content.packs import built_in_pack
from engine.plan import Plan, Request, Step
from engine.requests.cloudwatch import SetAlarmState
from engine.requests.sagemaker import DeleteEndpoint, DeleteEndpointConfig, UpdateEndpoint
from engine.run import Run, TrafficShare
from engine.simulate import simulate
from labs.exercise.proof import Doubt
from labs.incidents.grading import close, figures
from labs.incidents.measures import Figure
from labs.incidents.proof import prove
from labs.incidents.session import Incident, Session, drawn, replay
from labs.incidents.waiter import MOST_POLLS, POLL_S, waiting
from labs.measures.trial import Trial
from tests.built_in import PACK

SENT_S = 306.0
CANARY_S = 180.0
"""After the update has been sent, green has its first requests; give or take the start of its instances."""


@cache
def silent_rollback() -> Incident:
    """The built-in one."""
    return PACK.incident("silent-rollback")


@pytest.fixture(scope="module")
def incident() -> Incident:
    """The silent rollback."""
    return silent_rollback()


@cache
def begun(release: str, seed: int = 0) -> Session:
    """A session in which nothing has been done yet; a value, so that tests can share it."""
    return replay(silent_rollback(), release, Plan(), seed)


def stop() -> SetAlarmState:
    return SetAlarmState(alarm_name="v2-5xx", state_value="ALARM", state_reason="By hand.")


def delete(config: str) -> DeleteEndpointConfig:
    return DeleteEndpointConfig(endpoint_config_name=config)


def back() -> UpdateEndpoint:
    return UpdateEndpoint(endpoint_name="arrivals", endpoint_config_name="arrivals-v1")


def acted(incident: Incident, release: str, *actions: tuple[float, Request], seed: int = 0) -> Session:
    """A session with actions so many seconds after the update was sent."""
    steps = tuple(Step(request=request, after_s=after_s) for after_s, request in actions)
    return replay(incident, release, Plan(steps), seed)


def refusals(session: Session) -> list[str]:
    """What the service said to requests that it did not take."""
    return [event.say for event in session.run.events if event.is_refusal]


def failed(session: Session) -> list[str]:
    """The goals that a session misses."""
    return [result.id for result in close(session).goals if not result.passed]


def seen(run: Run, t: float) -> dict[str, object]:
    """Everything that a screen could have shown before `t`."""
    slots = int(t // run.requests.slot_s)
    return {
        "events": [event for event in run.events if event.t < t],
        "alarms": [change for change in run.alarms if change.t < t],
        "traffic": [change for change in run.traffic if change.t < t],
        "instances": [change for change in run.instances if change.t < t],
        "endpoint": [answer for answer in run.endpoint_history if answer[0] < t],
        "phases": [phase for phase in run.phases if phase.end < t],
        "requests": (run.requests.bad[:slots], run.requests.new[:slots]),
    }


def points(run: Run, t: float) -> dict[object, list[float]]:
    """The points of every metric that had some in a whole minute before `t`, -1 where there was none."""
    over = int(t // 60)
    return {
        (m.name, m.dimensions, m.stat): [-1.0 if p is None else p for p in m.points[:over]]
        for m in run.metrics
        if any(p is not None for p in m.points[:over])
    }


REQUESTS = [
    pytest.param(stop(), id="stop"),
    pytest.param(delete("arrivals-v1"), id="delete the old"),
    pytest.param(delete("arrivals-v2"), id="delete the new"),
    pytest.param(back(), id="update back"),
]


@pytest.mark.parametrize("request_", REQUESTS)
@given(after_s=st.floats(0, 2300, allow_nan=False), release=st.sampled_from(["crashing", "sound", "picky"]))
@settings(max_examples=12, deadline=None)
def test_an_action_leaves_the_past_alone(request_, after_s, release):
    """Whatever is sent and whenever: what was shown before that moment was the truth."""
    before = begun(release, 3)
    t = SENT_S + after_s
    after = acted(silent_rollback(), release, (after_s, request_), seed=3)

    assert seen(after.run, t) == seen(before.run, t)
    now, was = points(after.run, t), points(before.run, t)
    assert now.keys() == was.keys()
    for name, shown in now.items():
        np.testing.assert_allclose(shown, was[name], rtol=1e-9)


def test_the_proof_finds_what_does_not_hold(incident):
    """An answer that fails something else, a release without an answer, and a goal that asks for nothing are said."""
    [late] = [answer for answer in incident.answers if answer.file.name == "come-back-later.yaml"]
    wrong = replace(incident, goals=incident.goals, answers=(replace(late, fails="cleans-up"),))
    idle = replace(incident, goals=tuple(goal for goal in incident.goals if goal.id == "right-model"))

    said = [doubt.say for doubt in prove(wrong)]

    assert (
        "come-back-later.yaml must fail exactly cleans-up, it fails in-time: measured 731 s after the update had "
        "ended, needed at most 300 s after its end; it meets cleans-up: measured arrivals-v1 was deleted, needed the "
        "one that lost, once the update is over (seed 0)"
    ) in said
    assert "release crashing has no answer that passes; write one" in said
    assert Doubt(
        "doing nothing passes with release sound (right-model: measured arrivals-v2 serves, needed arrivals-v2 "
        "serves); an incident must ask for something",
        ("releases", 1),
    ) in list(prove(idle))


@pytest.mark.parametrize(
    ("asked", "habit"),
    [({"stops-harm", "in-time"}, "always stopping"), ({"in-time"}, "never stopping")],
    ids=["stop all", "stop none"],
)
def test_the_proof_finds_a_habit_that_passes(incident, asked, habit):
    """Goals that somebody meets who never looks are no goals, even where no written answer does so."""
    easy = replace(incident, goals=tuple(goal for goal in incident.goals if goal.id in asked), answers=())

    say = f"{habit} passes whatever the release is; make the releases ask for different things"
    assert Doubt(say, ("goals",)) in list(prove(easy))


def test_after_a_silent_rollback_the_waiter_says_success():
    """InService, on the old configuration, FailureReason filled: the waiter reads the first alone (spec labs 23)."""
    run = begun("crashing").run
    end = waiting(run, run.ended_s)

    assert end.verdict == "success"
    assert end.at_s is not None
    assert 0 <= end.at_s - run.update_ended_s <= POLL_S
    assert run.endpoint["EndpointStatus"] == "InService"
    assert run.endpoint["EndpointConfigName"] == "arrivals-v1"
    assert run.endpoint["FailureReason"].endswith("is in ALARM state: [v2-5xx].")


def test_the_waiter_says_the_same_after_a_good_update():
    """Nothing in its verdict tells a promotion from a rollback."""
    ends = {release: waiting(begun(release).run, 2700.0).verdict for release in ("crashing", "sound")}

    assert ends == {"crashing": "success", "sound": "success"}


def test_the_waiter_looks_every_thirty_seconds_and_not_into_the_future():
    """Before the update it has not begun; then it has looked once, and once more for every half minute."""
    run = begun("sound").run

    assert waiting(run, SENT_S - 1).polls == 0
    assert [waiting(run, SENT_S + s).polls for s in (0, 29.9, 30, 61)] == [1, 1, 2, 3]
    assert waiting(run, run.update_ended_s - 1).verdict == "waiting"


def test_the_waiter_gives_up_after_an_hour():
    """120 looks, and it calls an update that goes well a failure (spec sagemaker 3.1)."""
    run = begun("sound").run
    updating = tuple(answer for answer in run.endpoint_history if answer[0] <= SENT_S + 60)
    end = waiting(replace(run, endpoint_history=updating), SENT_S + 4000)

    assert (end.verdict, end.polls) == ("failure", MOST_POLLS)


def test_a_stop_by_hand_rolls_back(incident):
    """An alarm that is put into ALARM while the update bakes sends all traffic home within about a minute."""
    run = acted(incident, "picky", (345, stop())).run
    [restored] = [event.t for event in run.events if event.what == "TrafficRestored"]

    assert run.outcome == "rolled-back"
    assert 49 <= restored - (SENT_S + 345) <= 60


def test_a_stop_before_the_first_bake_is_not_seen(incident):
    """Nobody looks at alarms while instances start, and the next evaluation takes the state back."""
    assert acted(incident, "sound", (30, stop())).run.outcome == "promoted"


def test_an_update_back_is_refused_while_the_update_runs(incident):
    """The service's own words come back, and nothing changes."""
    after = acted(incident, "picky", (400, back()))

    assert refusals(after) == [
        'Cannot update in-progress endpoint "arn:aws:sagemaker:us-east-1:111122223333:endpoint/arrivals".'
    ]
    assert after.run.outcome == begun("picky").run.outcome


def test_an_update_back_works_afterwards(incident):
    """Once a bad release is in service, it takes an update of its own to get rid of it: right in the end, late."""
    session = acted(incident, "picky", (1500, back()), (1800, delete("arrivals-v2")))

    assert refusals(session) == []
    assert session.run.endpoint["EndpointConfigName"] == "arrivals-v1"
    assert failed(session) == ["stops-harm"]


def test_a_stop_of_an_alarm_that_is_not_there_says_so(incident):
    """AWS answers 404 and nothing more; whoever acts is told what there is."""
    [said] = refusals(acted(incident, "picky", (400, replace(stop(), alarm_name="v2-4xx"))))

    assert said.startswith("There is no alarm 'v2-4xx'; known: [")


VERDICTS = [
    pytest.param("crashing", [], None, "no configuration was deleted", id="nothing"),
    pytest.param("crashing", [(600, "arrivals-v2")], 1.0, "arrivals-v2 was deleted", id="the loser"),
    pytest.param(
        "crashing",
        [(600, "arrivals-v1")],
        0.0,
        "arrivals-v1 was deleted, and it is the one in service",
        id="in service",
    ),
    pytest.param(
        "crashing",
        [(600, "arrivals-v2"), (700, "arrivals-v1")],
        0.0,
        "arrivals-v1 was deleted, and it is the one in service",
        id="both",
    ),
    pytest.param(
        "crashing",
        [(300, "arrivals-v2")],
        0.0,
        "arrivals-v2 was deleted while the update was still running",
        id="early",
    ),
    pytest.param("sound", [(1600, "arrivals-v1")], 1.0, "arrivals-v1 was deleted", id="after a promotion"),
]


@pytest.mark.parametrize(("release", "deleted", "value", "say"), VERDICTS)
def test_the_verdict_is_about_what_serves(incident, release, deleted, value, say):
    """Right is the configuration that does not serve, once nothing is running, and that one only."""
    session = acted(incident, release, *((t, delete(name)) for t, name in deleted))
    figure = figures(session)["verdict"]

    assert (figure.value, figure.say) == (value, say)


def test_whoever_deletes_the_endpoint_has_none_that_serves(incident):
    """It is gone with its alarms' data, and every measure has its say all the same."""
    gone = DeleteEndpoint(endpoint_name="arrivals")
    session = acted(incident, "crashing", (600, gone), (800, delete("arrivals-v2")))

    assert refusals(session) == []
    assert session.run.endpoint.keys() == {"Error"}
    assert figures(session)["serves"].say == "no endpoint serves"
    assert waiting(session.run, SENT_S + 700).verdict == "success"
    assert not close(session).passed


def test_time_to_act_counts_from_the_end_of_the_update(incident):
    """Its seconds are those between InService and the first deletion."""
    session = acted(incident, "crashing", (600, delete("arrivals-v2")))
    expected = SENT_S + 600 - session.run.update_ended_s

    assert figures(session)["time-to-act"].value == pytest.approx(expected)
    assert figures(begun("crashing"))["time-to-act"].value is None


def test_time_to_act_counts_from_the_update_before_it(incident):
    """Another update that comes after the deletion is not what was waited for."""
    session = acted(incident, "crashing", (600, delete("arrivals-v2")), (700, back()))
    alone = acted(incident, "crashing", (600, delete("arrivals-v2")))

    assert session.run.update_ended_s is not None
    assert figures(session)["time-to-act"] == figures(alone)["time-to-act"]


def test_harm_is_stopped_when_all_traffic_is_back():
    """A part of it that is back, as in a rolling rollback, has not stopped it; a rounded share of all has."""
    session = begun("crashing")
    without = simulate(session.world, Plan(), session.seed).requests
    first = Trial.of(session.world, session.run, without).first_harmed_s
    back = {first + 200: 0.75, first + 230: 0.998, first + 260: 1 - 1e-9, first + 290: 1.0}
    steps = (TrafficShare(t, {"arrivals-v1": share, "arrivals-v2": 1 - share}) for t, share in back.items())
    stepwise = replace(session, run=replace(session.run, traffic=tuple(steps)))

    assert figures(stepwise)["time-to-stop"].value == pytest.approx(260)


def test_a_good_release_needs_no_stop():
    """However many it harmed by chance, nobody had to go back for them."""
    session = begun("picky")
    good = replace(session, release=replace(session.release, expect="promoted"))

    assert figures(good)["time-to-stop"] == Figure(0.0, "nothing had to be stopped")
    assert figures(good)["harmed"] == figures(session)["harmed"] != Figure(0.0, "0 requests harmed")


def test_time_to_stop_counts_from_the_first_harm():
    """0 where nothing had to be stopped, None where it never stopped, and about four minutes with the alarm."""
    values = {id: figures(begun(id))["time-to-stop"].value for id in ("crashing", "sound", "picky")}

    assert values["sound"] == 0.0
    assert values["picky"] is None
    assert 180 <= values["crashing"] <= 260


def test_whoever_stops_everything_keeps_the_old_model(incident):
    """A stop of a good release misses the goal about the right model, and no other."""
    session = acted(incident, "sound", (345, stop()), (560, delete("arrivals-v2")))

    assert failed(session) == ["right-model"]


@pytest.mark.parametrize("round_", range(4))
def test_every_release_comes_up_in_turn(incident, round_):
    """Three sessions meet three releases, and no two days are the same."""
    drawn_ = [drawn(incident, 3 * round_ + place) for place in range(3)]

    assert {release for release, _ in drawn_} == {"crashing", "sound", "picky"}
    assert len({seed for _, seed in drawn_}) == 3


def test_the_order_of_the_releases_changes():
    """Otherwise the third attempt would always be the same one."""
    incident = Pack(Path(built_in_pack())).incident("silent-rollback")
    orders = {tuple(drawn(incident, 3 * turn + place)[0] for place in range(3)) for turn in range(8)}

    assert len(orders) > 2


@cache
def overwritten() -> Incident:
    """The built-in one with three configurations, of which one leads astray."""
    return PACK.incident("the-overwritten-artefact")


def went_back(release: str, *actions: tuple[float, Request]) -> Session:
    """A session of it."""
    return acted(overwritten(), release, *actions)


def to(config: str) -> UpdateEndpoint:
    return UpdateEndpoint(endpoint_name="bloodbank", endpoint_config_name=config)


@pytest.mark.parametrize(
    ("actions", "value"),
    [
        ([], None),
        ([(930, to("bloodbank-v4"))], None),
        ([(930, to("bloodbank-sept"))], pytest.approx(460, abs=5)),
        ([(1230, to("bloodbank-sept"))], pytest.approx(760, abs=60)),
    ],
    ids=["left alone", "the overwritten one", "the intact one", "later"],
)
def test_harm_lasts_from_the_first_to_the_last_request(actions, value):
    """Whatever configuration serves: an old name that harms has not stopped it."""
    assert figures(went_back("stale-list", *actions))["harm-lasted"].value == value


def test_a_good_release_does_no_harm_that_lasts():
    """Its slow minutes may cost a request or two, and nothing had to be stopped."""
    found = figures(went_back("slow-at-first"))

    assert found["harmed"].value > 0
    assert found["harm-lasted"].value == 0.0


@pytest.mark.parametrize(
    ("gone", "value"),
    [((), 1.0), (("bloodbank-v4",), 1.0), (("bloodbank-sept",), 0.0), (("bloodbank-v4", "bloodbank-sept"), 0.0)],
    ids=["none", "the overwritten one", "the intact one", "both"],
)
def test_a_way_back_is_a_configuration_that_brings_the_old_model(gone, value):
    """One whose artefact was overwritten is none."""
    deleted = [(1200.0 + place, delete(name)) for place, name in enumerate(gone)]

    assert figures(went_back("slow-at-first", *deleted))["way-back"].value == value


@pytest.mark.parametrize("config", ["bloodbank-v4", "bloodbank-sept"])
def test_a_bad_release_may_end_on_any_earlier_configuration(config):
    """Which of them harms is another measure's matter."""
    found = figures(went_back("stale-list", (930, to(config))))["serves"]

    assert (found.value, found.say) == (1.0, f"{config} serves")
    assert figures(went_back("slow-at-first", (930, to(config))))["serves"].value == 0.0
