"""Sends the requests of a plan at their times, each to whoever takes it; a refusal is noted, as AWS would answer."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass

import simpy
from simpy.events import URGENT

from engine.errors import RefusedRequest
from engine.hosting.hosted import Hosted
from engine.hosting.hosts import Hosts
from engine.metrics.joined import JoinedMetrics
from engine.metrics.putting import put_data
from engine.metrics.store import MetricStore
from engine.plan import Request, Step
from engine.requests.batch import CreateTransformJob, StopTransformJob
from engine.requests.cloudwatch import (
    CompositeAlarm,
    DeleteAlarms,
    DisableAlarmActions,
    EnableAlarmActions,
    MetricAlarm,
    MetricStat,
    SetAlarmState,
)
from engine.requests.conditions import LOOKED_BACK_S, AlarmIs, When
from engine.requests.experiments import ExperimentRequest
from engine.requests.metric_data import PutMetricData
from engine.requests.sagemaker import (
    CreateEndpoint,
    DeleteEndpoint,
    DeleteEndpointConfig,
    EndpointConfig,
    UpdateEndpoint,
    UpdateEndpointWeightsAndCapacities,
)
from engine.sagemaker.cloud import Cloud
from engine.sagemaker.scaling.scaler import Scaler


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who takes requests in one run, and where conditions look."""

    hosts: Hosts
    scaler: Scaler
    metrics: JoinedMetrics

    @property
    def _cloud(self) -> Cloud:
        return self.hosts.first.cloud

    def send(self, steps: Iterable[Step], since_s: float) -> Generator[simpy.Event, None, None]:
        """Send what the steps hold, counted from `since_s`; what is sent while an update runs is refused, as on AWS.

        Their moments are fixed at once: from the beginning of a run each can be told exactly, from a later one not all,
        and whoever stops a run at one of them finds that its steps have been sent.
        """
        env = self._cloud.env
        due = [(since_s + step.after_s, step) for step in sorted(steps, key=lambda step: step.after_s)]
        return self._send(due, {at: _before_all_else(env, at - env.now) for at, _ in due if at > env.now})

    def _send(
        self, due: Iterable[tuple[float, Step]], moments: Mapping[float, simpy.Event]
    ) -> Generator[simpy.Event, None, None]:
        for at, step in due:
            if at > self._cloud.env.now:
                yield moments[at]
            self.take(step)

    def take(self, step: Step) -> None:
        """Send what a step holds now, if it is to be sent."""
        if step.when is None or self._holds(step.when, step.request):
            self.submit(step.request)

    def submit(self, request: Request) -> RefusedRequest | None:
        """Hand over a request, or note and return why it is refused."""
        about = self.hosts.of(request)
        try:
            self._hand_over(request, about)
        except RefusedRequest as refusal:
            answer = {"status": refusal.status, "message": refusal.message}
            about.recorder.event(about.cloud.env.now, refusal.code, refusal.say, **answer)
            if isinstance(request, UpdateEndpoint) and about.control.started_s is None:
                about.control.outcome = "refused"
            if isinstance(request, CreateEndpoint):
                self.hosts.give_up(request)
            return refusal
        return None

    def _hand_over(self, request: Request, about: Hosted) -> None:
        control, alarms = about.control, about.cloud.alarms
        match request:
            case EndpointConfig():
                control.create_endpoint_config(request)
            case MetricAlarm():
                alarms.put(request)
            case CompositeAlarm():
                alarms.put_composite(request)
            case SetAlarmState():
                alarms.set_state(request)
            case EnableAlarmActions() | DisableAlarmActions():
                alarms.enable_actions(request.alarm_names, enabled=isinstance(request, EnableAlarmActions))
            case DeleteAlarms():
                alarms.remove(request.alarm_names)
            case PutMetricData():
                put_data(self.metrics.custom, request, about.cloud.env.now, about.world.clock(0))
            case DeleteEndpointConfig():
                control.delete_endpoint_config(request)
            case UpdateEndpoint():
                control.update_endpoint(request)
            case CreateEndpoint():
                control.create_endpoint(request)
            case DeleteEndpoint():
                control.delete_endpoint(request)
                self.scaler.forget_endpoint(request.endpoint_name)
            case UpdateEndpointWeightsAndCapacities():
                control.update_weights(request)
            case CreateTransformJob():
                control.transforms.create(request, control)
            case StopTransformJob():
                control.transforms.stop(request, control)
            case _ if isinstance(request, ExperimentRequest):
                about.tests.submit(request)
            case _:
                self.scaler.take(request)

    def _holds(self, when: When, request: Request) -> bool:
        """Look whether a request is to be sent, and note what was found."""
        cloud, condition = self._cloud, when.condition
        if isinstance(condition, AlarmIs):
            state = cloud.alarms.states.get(condition.alarm_name, "INSUFFICIENT_DATA")
            found, said = state == condition.state_value, f"{condition.alarm_name} is {state}"
        else:
            stat = condition.metric_stat
            value = _newest(self.metrics.store_of(stat), stat, cloud.env.now)
            found = condition.holds(value)
            said = f"{stat.stat} of {stat.metric_name} {'has no data' if value is None else f'is {value:.6g}'}"
        sent = found == when.holds
        do = "is sent" if sent else "is not sent"
        cloud.recorder.event(cloud.env.now, "Condition", f"{said}: {_operation(request)} {do}.", sent=sent)
        return sent


def _before_all_else(env: simpy.Environment, delay_s: float) -> simpy.Event:
    """Return what comes so much later, and before everything else of that moment: whoever sends a request need not know
    what else goes on."""
    event = env.event()
    event._ok, event._value = True, None
    env.schedule(event, URGENT, delay_s)
    return event


def _operation(request: Request) -> str:
    """Return the AWS operation that a request is for."""
    name = type(request).__name__
    return {"EndpointConfig": "CreateEndpointConfig"}.get(name, f"Put{name}" if name.endswith("Alarm") else name)


def _newest(store: MetricStore, stat: MetricStat, now: float) -> float | None:
    """Return the value of the newest whole period of which anything is visible, as somebody reads it who looks back
    from now minute by minute; None without any data in the last `LOOKED_BACK_S`."""
    newest = now // 60 * 60 - stat.period
    for back in range(0, LOOKED_BACK_S + 1, 60):
        point = store.datapoint(stat, newest - back, now)
        if point is not None:
            return point.value
    return None
