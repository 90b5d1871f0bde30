"""Takes requests about shadow tests, and lets the tests happen (spec sagemaker 9, inference 7.2).

Creating, Created until its time has come, Starting, Running, Updating now and then, Stopping, Completed or Cancelled.
There is no Failed: what breaks ends in Cancelled, with a StatusReason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.requests.experiments import (
    CreateInferenceExperiment,
    DeleteInferenceExperiment,
    ExperimentRequest,
    ModelVariant,
    StartInferenceExperiment,
    StopInferenceExperiment,
    UpdateInferenceExperiment,
)
from engine.sagemaker.control_plane import ControlPlane
from engine.sagemaker.endpoint import VariantState
from engine.sagemaker.refusals.rules import insist
from engine.sagemaker.shadow_tests.describe import describe
from engine.sagemaker.shadow_tests.endpoint_updates import EndpointUpdates, NeverStarted
from engine.sagemaker.shadow_tests.experiment import Before, Experiment, seconds
from engine.sagemaker.shadow_tests.terms import LONGEST, USUAL
from engine.sagemaker.updates.steps import Steps


@dataclass(slots=True)
class ShadowTests:
    """The part of the SageMaker API that is about inference experiments on one endpoint."""

    control: ControlPlane

    @property
    def _now(self) -> float:
        return self.control.cloud.env.now

    @property
    def _updates(self) -> EndpointUpdates:
        return EndpointUpdates(self.control)

    def answers(self) -> tuple[Mapping[str, Any], ...]:
        """Return what DescribeInferenceExperiment answers of each test now."""
        cloud = self.control.cloud
        own = (each for each in self._tests.values() if each.request.endpoint_name == self.control.endpoint_name)
        return tuple(describe(test, cloud.endpoint, cloud.world.clock) for test in own)

    @property
    def _tests(self) -> dict[str, Experiment]:
        return self.control.experiments

    def submit(self, request: ExperimentRequest) -> None:
        """Refuse the request as the service does, or do what it asks for."""
        insist(request, self.control)
        what = type(request).__name__
        self.control.cloud.recorder.event(self._now, what, f"{what} {request.name}: accepted.", status=200)
        match request:
            case CreateInferenceExperiment():
                self._create(request)
            case UpdateInferenceExperiment():
                self._change(self._tests[request.name], request)
            case StartInferenceExperiment():
                self._start_now(self._tests[request.name])
            case StopInferenceExperiment():
                self._stop(self._tests[request.name], request)
            case DeleteInferenceExperiment():
                del self._tests[request.name]

    def _create(self, request: CreateInferenceExperiment) -> None:
        now, zero = self._now, self.control.cloud.world.clock(0.0)
        schedule = request.schedule
        start = now if schedule.start_time is None else max(now, seconds(schedule.start_time, zero))
        test = Experiment(
            request=request,
            created_s=now,
            start_s=start,
            end_s=None if schedule.end_time is None else seconds(schedule.end_time, zero),
            modified_s=now,
            variant_status={each.variant_name: "Creating" for each in request.model_variants},
        )
        self._tests[request.name] = test
        self.control.cloud.env.process(self._life(test))

    def _change(self, test: Experiment, request: UpdateInferenceExperiment) -> None:
        """Take the new schedule and description at once, and let a running test be Updating for what is left."""
        zero = self.control.cloud.world.clock(0.0)
        schedule, mode = request.schedule, request.shadow_mode
        if schedule is not None and schedule.start_time is not None:
            test.start_s = max(self._now, seconds(schedule.start_time, zero))
        if schedule is not None and schedule.end_time is not None:
            test.end_s = seconds(schedule.end_time, zero)
        changed = {each.variant_name: each for each in request.model_variants}
        test.request = replace(
            test.request,
            description=test.request.description if request.description is None else request.description,
            model_variants=tuple(changed.get(each.variant_name, each) for each in test.request.model_variants),
            shadow_mode=test.request.shadow_mode if mode is None else mode,
        )
        test.modified_s = self._now
        if test.status == "Running":
            self._turn(test, "Updating")
            self.control.cloud.env.process(self._updating(test))
        test.wake()

    def _updating(self, test: Experiment) -> Steps:
        """Sample another share after a moment."""
        cloud = self.control.cloud
        yield cloud.env.timeout(cloud.world.timing.activate_s)
        assert test.state is not None and test.source is not None
        test.state.weight = test.source.weight * test.request.shadow_mode.share
        cloud.reroute()
        self._turn(test, "Running")
        test.wake()

    def _start_now(self, test: Experiment) -> None:
        """Let it be Starting from the request on, so that nothing else can be asked of it or of its endpoint."""
        test.start_s = self._now
        if test.end_s is not None:
            test.end_s = min(test.end_s, self._now + LONGEST.total_seconds())
        self._turn(test, "Starting")
        test.wake()

    def _stop(self, test: Experiment, request: StopInferenceExperiment) -> None:
        """Let it be Stopping from the request on; the first one counts."""
        test.stop = request
        self._turn(test, "Stopping")
        test.wake()

    def _life(self, test: Experiment) -> Steps:
        """Let a test begin at its time, run and end."""
        env = self.control.cloud.env
        yield env.timeout(self.control.cloud.world.timing.experiment_s)
        if test.start_s > env.now:
            self._turn(test, "Created")
            yield from self._until(test, lambda: test.start_s)
        if test.stop is not None:
            self._over(test, test.stop.desired_state, test.stop.reason)
            return
        yield from self._begin(test)
        if test.over:
            return
        yield from self._until(test, lambda: test.end_s or 0.0)
        yield from self._conclude(test)

    def _until(self, test: Experiment, moment: Callable[[], float]) -> Steps:
        """Let time pass until a moment that requests may move, or until the test is stopped."""
        env = self.control.cloud.env
        while test.status == "Updating" or (test.stop is None and env.now < moment()):
            test.woken = env.event()
            yield test.woken | env.timeout(max(1.0, moment() - env.now))

    def _begin(self, test: Experiment) -> Steps:
        """Deploy the shadow; a test that cannot begin is Cancelled."""
        test.start_s = max(test.start_s, self._now)
        self._turn(test, "Starting")
        source = self._source(test)
        if source is None:
            self._over(test, "Cancelled", "The endpoint is busy, or is no longer as the test expects it.")
            return
        test.source, test.before = source, Before(source.variant.instance_type, source.fleet.instances)
        request, updates = test.request, self._updates
        updates.begin()
        try:
            yield from updates.deploy(source, request.source, request.shadow, request.shadow_mode.share)
        except NeverStarted as reason:
            updates.end()
            self._over(test, "Cancelled", str(reason))
            return
        test.state = self.control.cloud.endpoint.shadows[-1]
        updates.end()
        if test.end_s is None:
            test.end_s = test.start_s + USUAL.total_seconds()
        test.variant_status = dict.fromkeys(test.variant_status, "InService")
        self._turn(test, "Running")

    def _source(self, test: Experiment) -> VariantState | None:
        """Return the production variant, if the endpoint is free, real-time and has it alone."""
        endpoint = self.control.cloud.endpoint
        names = [state.variant.variant_name for state in endpoint.variants]
        fits = names == [test.request.shadow_mode.source_variant] and not endpoint.shadows
        fits = fits and all(
            each.fleet.asynchronous is None and each.variant.serverless_config is None for each in endpoint.variants
        )
        return endpoint.variants[0] if fits and endpoint.status == "InService" else None

    def _conclude(self, test: Experiment) -> Steps:
        """Do with the variants what was asked for; by itself a test leaves the endpoint as it was before."""
        env, timing = self.control.cloud.env, self.control.cloud.world.timing
        self._turn(test, "Stopping")
        while self.control.busy_with is not None:
            yield env.timeout(timing.alarm_poll_s)
        self._updates.begin()
        try:
            yield from self._leaving(test)
        except NeverStarted as reason:
            self._updates.end()
            self._over(test, "Cancelled", str(reason))
            return
        self._updates.end()
        if test.stop is None:
            self._over(test, "Completed", None)
        else:
            self._over(test, test.stop.desired_state, test.stop.reason)

    def _leaving(self, test: Experiment) -> Steps:
        updates, state, source, before = self._updates, test.state, test.source, test.before
        assert state is not None and source is not None and before is not None
        mode, actions = test.request.shadow_mode, test.stop.actions if test.stop else {}
        wanted = {each.variant_name: each for each in (test.stop.desired_variants if test.stop else ())}
        as_before = ModelVariant(
            model_name=test.request.source.model_name,
            variant_name=mode.source_variant,
            instance_type=before.instance_type,
            instance_count=before.count,
        )
        action = actions.get(mode.shadow_variant, "Remove")
        if action == "Promote":
            target = wanted.get(mode.shadow_variant, as_before)
            yield from updates.promote(state, source, test.name, target.instance_type, target.instance_count)
            self._became(test, {mode.source_variant: "Deleted", mode.shadow_variant: "InService"})
            return
        target = wanted.get(mode.source_variant, as_before)
        yield from updates.settle(source, target.instance_type, target.instance_count)
        if action == "Remove":
            yield from updates.remove(state)
            self._became(test, {mode.shadow_variant: "Deleted"})
        elif mode.shadow_variant in wanted:
            kept = wanted[mode.shadow_variant]
            yield from updates.settle(state, kept.instance_type, kept.instance_count)

    def _became(self, test: Experiment, statuses: Mapping[str, str]) -> None:
        test.variant_status = {**test.variant_status, **statuses}

    def _over(self, test: Experiment, status: str, reason: str | None) -> None:
        test.reason, test.completed_s = reason, self._now
        if test.state is None:
            test.variant_status[test.request.shadow_mode.shadow_variant] = "Deleted"
        self._turn(test, status)

    def _turn(self, test: Experiment, status: str) -> None:
        if test.status == status:
            return
        test.status, test.modified_s = status, self._now
        say = f"The shadow test {test.name} is {status}."
        self.control.cloud.recorder.event(self._now, status, f"{say} {test.reason}" if test.reason else say)
