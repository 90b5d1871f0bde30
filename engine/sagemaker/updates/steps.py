"""A schedule carried out step by step: provision, activate, bake, terminate (spec sagemaker 2, 3).

What an update does stands in `schedule`; the ways back are in `blue_green` and `rolling`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass, field

import simpy

from engine.run import AlarmTransition, Outcome
from engine.sagemaker.capacity import counterpart
from engine.sagemaker.cloud import Cloud
from engine.sagemaker.endpoint import VariantState, VariantStatus
from engine.sagemaker.life.launching import in_vain, lacks_capacity, provision_time
from engine.sagemaker.updates.schedule import Fleets, Replacement, Schedule, Step

Steps = Generator[simpy.Event, None, None]
SHOWN_AS = {"RollingBack": "Updating"}
"""VariantStatus has no word for a rollback (spec sagemaker 3.2), and what AWS shows then was never seen."""


class Interrupted(Exception):
    """The update cannot go on; carries how it ends and what FailureReason says."""

    def __init__(self, outcome: Outcome, failure_reason: str) -> None:
        super().__init__(failure_reason)
        self.outcome: Outcome = outcome
        self.failure_reason = failure_reason


@dataclass(slots=True, kw_only=True)
class Update:
    """One running update and the steps that strategies share."""

    cloud: Cloud
    alarm_names: tuple[str, ...]
    deadline: float
    finish: Callable[[Outcome], None]
    deciding_alarm: AlarmTransition | None = field(default=None, init=False)

    def wait(self, seconds: float) -> Steps:
        """Let time pass, but not beyond MaximumExecutionTimeoutInSeconds.

        What a timeout does is not published (spec sagemaker 13.6): here it rolls back and says so.
        """
        left = self.deadline - self.cloud.env.now
        yield self.cloud.env.timeout(max(0.0, min(seconds, left)))
        if seconds > left:
            reason = "The deployment exceeded MaximumExecutionTimeoutInSeconds and was rolled back."
            raise Interrupted("timed-out", reason)

    def pause(self, seconds: float) -> Steps:
        """Let time pass without a deadline: neither a rollback nor the final teardown is timed out."""
        yield self.cloud.env.timeout(seconds)

    def phase(self, status: str, message: str, steps: Steps) -> Steps:
        """Show a VariantStatus while `steps` go on, and write the phase down even if it is cut short."""
        cloud, start = self.cloud, self.cloud.env.now
        cloud.endpoint.doing = VariantStatus(SHOWN_AS.get(status, status), message, start)
        cloud.recorder.event(start, status, message)
        cloud.recorder.begin(start, status, message)
        cloud.changed()
        try:
            yield from steps
        finally:
            cloud.recorder.end(cloud.env.now)

    def carry_out(self, step: Step) -> Steps:
        """Do one step of the schedule; raise Interrupted where the update cannot go on."""
        match step.status:
            case "Creating":
                self._bill(step.launched or {})
                work = self._launching(step.launched or {})
            case "ActivatingTraffic":
                work = self._activating(step)
            case "Baking":
                work = self._watching(step.lasts_s)
            case "Deleting":
                work = self._deleting(step)
        yield from self.phase(step.status, step.say, work)

    def _bill(self, counts: Mapping[str, int]) -> None:
        """Count instances as they are asked for, although they take minutes to come; not those that never come."""
        for state in self.states():
            if state.incoming is not None and not lacks_capacity(self.cloud, state.incoming):
                state.launching = state.incoming.instances + counts.get(state.name, 0)
        for shadow in self.cloud.endpoint.shadows:
            comes = shadow.incoming is not None and not lacks_capacity(self.cloud, shadow.incoming)
            shadow.launching = shadow.incoming_desired if comes else 0

    def _launching(self, counts: Mapping[str, int]) -> Steps:
        """Launch so many new instances per variant; fail as the container or the account makes it fail."""
        cloud = self.cloud
        failure = in_vain(cloud, (s.incoming for s in cloud.endpoint.all_variants if s.incoming is not None))
        if failure is not None:
            yield from self.wait(failure.after_s)
            raise Interrupted("failed", failure.reason)
        yield from self.wait(provision_time(cloud))
        cloud.plane.advance(cloud.env.now)
        for state in self.states():
            if state.incoming is not None:
                state.incoming.launch(counts.get(state.name, 0))
        self._launch_shadows()
        cloud.changed()

    def _launch_shadows(self) -> None:
        """Launch the new shadows whole, with the first of the new instances whose requests they copy."""
        for shadow in self.cloud.endpoint.shadows:
            if shadow.incoming is not None and not shadow.incoming.instances:
                shadow.incoming.launch(shadow.incoming_desired)
                shadow.incoming.enable(shadow.incoming_desired, self.cloud.env.now)

    def _activating(self, step: Step) -> Steps:
        """Move traffic to as many new instances of each variant as the step says."""
        yield from self._watching(step.lasts_s) if step.watched else self.wait(step.lasts_s)
        self.shift(step.enabled or {})

    def _deleting(self, step: Step) -> Steps:
        """Take old instances away; the last ones go with the old fleet, in `promote`."""
        yield from self.wait(step.lasts_s) if step.timed else self.pause(step.lasts_s)
        kept, cloud = step.kept or {}, self.cloud
        if not any(kept.values()):
            return
        cloud.plane.advance(cloud.env.now)
        for state in self.states():
            state.fleet.terminate(max(0, state.fleet.instances - kept.get(state.name, 0)))
        cloud.changed()

    def shift(self, enabled: Mapping[str, int]) -> None:
        """Route at once: new instances take traffic, the same share of the old ones loses it."""
        now = self.cloud.env.now
        self.cloud.plane.advance(now)
        for state in self.states():
            if state.incoming is not None:
                state.incoming.enable(enabled.get(state.name, 0), now)
                kept = counterpart(state.desired_count, state.incoming_desired, state.incoming.enabled)
                state.fleet.enable(min(kept, state.fleet.instances), now)
        self.cloud.reroute()

    def _watching(self, seconds: float) -> Steps:
        end = self.cloud.env.now + seconds
        self.look()
        while self.cloud.env.now < end:
            yield from self.wait(self._next_look(end) - self.cloud.env.now)
            self.look()

    def _next_look(self, end: float) -> float:
        """Return when to look again: at the first poll that may see something new. Until the next event of the
        simulation nothing changes, and five looks in six would be for nothing.
        """
        cloud, poll_s = self.cloud, self.cloud.world.timing.alarm_poll_s
        event, look = cloud.env.peek(), cloud.env.now
        while look < end:
            look += min(poll_s, end - look)
            if look >= event:
                break
        return look

    def look(self) -> None:
        """Raise Interrupted if an alarm is in ALARM: a check of the state, so one that was before counts too."""
        tripped = self.cloud.alarms.in_alarm(self.alarm_names)
        if tripped:
            self.deciding_alarm = next(
                (change for change in reversed(self.cloud.recorder.alarms) if change.alarm in tripped), None
            )
            names = ", ".join(tripped)
            reason = f"One or more configured alarm for automatic rollback deployment is in ALARM state: [{names}]."
            raise Interrupted("rolled-back", reason)

    def states(self) -> list[VariantState]:
        """Return the production variants of the endpoint."""
        return self.cloud.endpoint.variants

    def promote(self, config: str) -> None:
        """Put the new fleet in the old one's place, and end the update."""
        for state in self.cloud.endpoint.all_variants:
            if state.incoming is not None:
                state.fleet, state.variant, state.weight = state.incoming, state.incoming.variant, state.incoming_weight
                state.desired_count, state.incoming = state.incoming_desired, None
        self.close("promoted", config=config, failure_reason=None)

    def close(self, outcome: Outcome, *, config: str, failure_reason: str | None) -> None:
        """End the update: nothing is pending any more, and the endpoint is in service on `config`.

        A mix that an earlier rollback left behind stays, unless this update was the one that repaired it.
        """
        endpoint = self.cloud.endpoint
        mixed = outcome != "promoted" and any(state.leftover for state in endpoint.variants)
        status = "UpdateRollbackFailed" if mixed else "InService"
        endpoint.turn(status, self.cloud.env.now)
        endpoint.config_name, endpoint.failure_reason = config, failure_reason
        endpoint.pending_config, endpoint.doing = None, None
        endpoint.variants = [s for s in endpoint.variants if s.fleet.config == config and s.stands]
        endpoint.shadows = [s for s in endpoint.shadows if s.fleet.config == config and s.fleet.instances]
        for state in endpoint.all_variants:
            state.incoming, state.leftover = None, state.leftover if mixed else None
        self.cloud.reroute()
        self.cloud.recorder.event(self.cloud.env.now, status, failure_reason or f"In service on {config}.")
        self.finish(outcome)


def going(update: Update, plan: Schedule, back: Callable[[Interrupted], Steps], new_config: str) -> Steps:
    """Carry the schedule out, or whatever leads back; the endpoint ends in service on one of the two."""
    try:
        for step in plan.steps:
            yield from update.carry_out(step)
    except Interrupted as stop:
        yield from back(stop)
        return
    update.promote(new_config)


def fleets_of(states: Iterable[VariantState]) -> Fleets:
    """Return what is to be replaced by what."""
    return {
        state.name: Replacement(
            old=state.desired_count,
            new=state.incoming_desired if state.incoming is not None else 0,
            standing=state.fleet.instances,
            old_serverless=state.variant.serverless_config is not None,
            new_serverless=state.incoming is not None and state.incoming.variant.serverless_config is not None,
        )
        for state in states
    }
