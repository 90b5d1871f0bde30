"""Somebody sends any requests at any moments: after each of them all that must hold holds, and the past stays."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from engine.plan import Plan, Step
from engine.requests.cloudwatch import CompositeAlarm, SetAlarmState
from engine.requests.sagemaker import DeleteEndpointConfig
from engine.simulate import simulate
from tests.engine.rollouts import config, update
from tests.engine.sagemaker.invariants import check
from tests.engine.sagemaker.plans import alarms, reweighs, updates, worlds
from tests.engine.sagemaker.plans import settings as deployments

MOST_REQUESTS = 12
states = st.sampled_from(["OK", "ALARM", "INSUFFICIENT_DATA"])
names = st.sampled_from(["v1", "v2", "v3", "gone"])


class Operators(RuleBasedStateMachine):
    """A plan that grows by one request at a time, simulated from the start each time."""

    @initialize(world=worlds, seed=st.integers(0, 50), alarm=alarms)
    def open_account(self, world, seed, alarm):
        """An endpoint that runs, and an alarm that watches it."""
        self.world, self.seed, self.after_s = world, seed, 0.0
        self.plan = Plan.of(alarm)
        self.run = simulate(world, self.plan, seed, series=False)

    @rule(seconds=st.sampled_from([0.5, 60.0, 133.0, 600.0, 1500.0]))
    def wait(self, seconds):
        """Let time pass, with updates and rollbacks under way."""
        self.after_s += seconds

    @rule(request=st.one_of(alarms, updates, reweighs))
    def send(self, request):
        """Put an alarm, ask for an update, or move weights and counts."""
        self._send(request)

    @rule(deployment=deployments, to=names)
    def go_to(self, deployment, to):
        """Ask for any configuration, the running one and one that is not there among them."""
        self._send(update(deployment, to=to))

    @rule(name=names, count=st.integers(1, 5))
    def create_config(self, name, count):
        """Create a configuration; the same name twice is refused."""
        model = {"v3": "v2"}.get(name, "v1")
        self._send(config(name, count, model_name=model))

    @rule(name=names)
    def delete_config(self, name):
        """Delete a configuration, while an update needs it perhaps."""
        self._send(DeleteEndpointConfig(endpoint_config_name=name))

    @rule(state=states)
    def set_alarm(self, state):
        """Put the alarm into a state by hand."""
        self._send(SetAlarmState(alarm_name="errors", state_value=state, state_reason="by hand"))

    @rule()
    def put_composite(self):
        """Put an alarm over the other one."""
        self._send(CompositeAlarm(alarm_name="missing", alarm_rule='ALARM("errors")'))

    @rule()
    def again(self):
        """The same seed gives the same run."""
        assert simulate(self.world, self.plan, self.seed, series=False) == self.run

    @invariant()
    def all_holds(self):
        """No request is lost or answered twice, shares add up, nothing ends half done, the bill is what ran."""
        check(self.world, self.run)

    def _send(self, request):
        """Send one more request; what was there before it must not change."""
        if len(self.plan.steps) == MOST_REQUESTS:
            return
        self.plan = Plan((*self.plan.steps, Step(request=request, after_s=self.after_s)))
        run = simulate(self.world, self.plan, self.seed, series=False)
        moment = min(self.world.update_at_s + self.after_s, self.run.ended_s)
        assert past(run, moment) == past(self.run, moment)
        self.run = run


def past(run, moment):
    """Return everything that happened before `moment`."""
    return (
        [event for event in run.events if event.t < moment],
        [change for change in run.alarms if change.t < moment],
        [change for change in run.traffic if change.t < moment],
        [change for change in run.instances if change.t < moment],
        [phase for phase in run.phases if phase.end < moment],
        [answer for t, answer in run.endpoint_history if t < moment],
    )


TestOperators = Operators.TestCase
TestOperators.settings = settings(max_examples=80, stateful_step_count=12)
