"""What the fields of a plan mean, a sentence for each, for whoever writes one (spec sagemaker 1, 2, 7; cloudwatch 1-4).

Kinds, ranges and choices are not told here: they stand in the service models, and `allowed` knows them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meaning:
    """What there is to say of a field that no service model says."""

    say: str
    """At most `LONGEST` characters: a terminal of 80 columns has one line for it and for what may stand there."""
    unit: str = ""
    without: str = ""
    """What holds without the field: `default 0`, or what may stand in its place."""
    required: bool = False
    """Does the service refuse the request without it, although the client does not?"""


LONGEST = 46
SIZE_TYPE = "Instances or percent?"

MEANINGS: Mapping[str, Meaning] = {
    # Operations
    "PutMetricAlarm": Meaning("Creates an alarm on a metric, or overwrites it"),
    "PutCompositeAlarm": Meaning("Creates an alarm over the states of others"),
    "CreateEndpointConfig": Meaning("Creates a configuration, which never changes"),
    "UpdateEndpoint": Meaning("Moves the endpoint to another configuration"),
    "UpdateEndpointWeightsAndCapacities": Meaning("Changes weights or counts of running variants"),
    "SetAlarmState": Meaning("Sets an alarm's state until it looks again"),
    "DeleteEndpointConfig": Meaning("Removes a configuration"),
    "Later": Meaning("Requests that are sent during the run"),
    "AfterSeconds": Meaning("When they are sent, counted from the plan", "s"),
    # UpdateEndpoint
    "EndpointName": Meaning("The endpoint that is meant"),
    "UpdateEndpoint.EndpointConfigName": Meaning("The configuration that the endpoint moves to"),
    "CreateEndpointConfig.EndpointConfigName": Meaning("The name of the new configuration"),
    "DeleteEndpointConfig.EndpointConfigName": Meaning("The configuration to remove"),
    "RetainAllVariantProperties": Meaning("Keep counts and weights as they are now?", without="default false"),
    "ExcludeRetainedVariantProperties": Meaning("What not to keep of those", without="default none"),
    "RetainDeploymentConfig": Meaning("Use the last DeploymentConfig once more?", without="default false"),
    "DeploymentConfig": Meaning("How the update is carried out", without="default all at once"),
    "BlueGreenUpdatePolicy": Meaning("Two whole fleets, traffic moves between them"),
    "TrafficRoutingConfiguration": Meaning("How the traffic moves to the new fleet"),
    "TrafficRoutingConfiguration.Type": Meaning("In how many shifts traffic moves"),
    "TrafficRoutingConfiguration.WaitIntervalInSeconds": Meaning("Bake between shifts; ALL_AT_ONCE has none", "s"),
    "CanarySize": Meaning("How much of the new fleet goes first"),
    "CanarySize.Type": Meaning(SIZE_TYPE),
    "CanarySize.Value": Meaning("How much of the new fleet goes first"),
    "LinearStepSize": Meaning("How much of the fleet each step moves"),
    "LinearStepSize.Type": Meaning(SIZE_TYPE),
    "LinearStepSize.Value": Meaning("How much of the fleet each step moves"),
    "TerminationWaitInSeconds": Meaning("Last bake, before the old fleet goes", "s", "default 0"),
    "MaximumExecutionTimeoutInSeconds": Meaning("Longest that it may take", "s", "default not published"),
    "RollingUpdatePolicy": Meaning("Instances are replaced batch by batch"),
    "MaximumBatchSize": Meaning("How much of the fleet a batch replaces"),
    "MaximumBatchSize.Type": Meaning(SIZE_TYPE),
    "MaximumBatchSize.Value": Meaning("How much of the fleet a batch replaces"),
    "RollingUpdatePolicy.WaitIntervalInSeconds": Meaning("Bake after each batch", "s"),
    "RollbackMaximumBatchSize": Meaning("Batch on the way back", without="default 100 %"),
    "RollbackMaximumBatchSize.Type": Meaning(SIZE_TYPE),
    "RollbackMaximumBatchSize.Value": Meaning("Batch on the way back"),
    "AutoRollbackConfiguration": Meaning("What sends the update back by itself", without="default nothing"),
    "AutoRollbackConfiguration.Alarms": Meaning("Alarms that send it back while it runs"),
    "Alarms.AlarmName": Meaning("An alarm that sends the update back", required=True),
    # Variants
    "ProductionVariants": Meaning("Models that share the traffic"),
    "VariantName": Meaning("The variant's name, as in its metrics"),
    "ModelName": Meaning("The model that it runs", required=True),
    "InstanceType": Meaning("What kind of machine", without="or ServerlessConfig", required=True),
    "InitialInstanceCount": Meaning("How many machines it begins with", required=True),
    "InitialVariantWeight": Meaning("Its share of the traffic, against the others'", without="default 1"),
    "RoutingConfig": Meaning("Which instance a request goes to"),
    "RoutingStrategy": Meaning("Which instance a request goes to", without="default RANDOM"),
    "ServerlessConfig": Meaning("No machines: environments come with requests"),
    "MemorySizeInMB": Meaning("Memory of an environment, steps of 1024", "MB"),
    "ServerlessConfig.MaxConcurrency": Meaning("Requests at once; the rest is throttled"),
    "ServerlessConfig.ProvisionedConcurrency": Meaning("Environments that are always warm", without="default none"),
    "ServerlessUpdateConfig": Meaning("New concurrency of a serverless variant"),
    "ServerlessUpdateConfig.MaxConcurrency": Meaning("Requests at once", without="default as it is"),
    "ServerlessUpdateConfig.ProvisionedConcurrency": Meaning("Always warm", without="default as it is"),
    "AsyncInferenceConfig": Meaning("Requests wait in a queue, nobody for answers", without="default real-time"),
    "ClientConfig": Meaning("How instances take requests from it"),
    "MaxConcurrentInvocationsPerInstance": Meaning("Requests that one instance takes", without="default AWS picks"),
    "OutputConfig": Meaning("Where answers are put, and who is told"),
    "DesiredWeightsAndCapacities": Meaning("What changes, variant by variant"),
    "DesiredWeight": Meaning("Its share of the traffic, against the others'", without="default as it is"),
    "DesiredInstanceCount": Meaning("How many machines it shall have", without="default as it is"),
    # Alarms
    "AlarmName": Meaning("What others call the alarm"),
    "SetAlarmState.AlarmName": Meaning("The alarm that is meant"),
    "StateValue": Meaning("The state to put it into"),
    "StateReason": Meaning("Why, for people who read the history"),
    "AlarmDescription": Meaning("A note for people", without="default none"),
    "Namespace": Meaning("Whose metrics", required=True),
    "MetricName": Meaning("What is measured", required=True),
    "Dimensions": Meaning("Which endpoint, variant, configuration"),
    "Dimensions.Name": Meaning("What kind of thing is meant"),
    "Dimensions.Value": Meaning("The name of the one that is meant"),
    "Statistic": Meaning("A period's samples as one number", without="or ExtendedStatistic"),
    "ExtendedStatistic": Meaning("A percentile such as p99, or a trimmed mean", without="or Statistic"),
    "Period": Meaning("Length of a datapoint", "s", required=True),
    "Metrics.Period": Meaning("Length of the computed datapoints", "s", "default theirs"),
    "EvaluationPeriods": Meaning("Newest datapoints that count (N)", required=True),
    "DatapointsToAlarm": Meaning("How many of the N must breach (M)", without="default N"),
    "Threshold": Meaning("What each datapoint is compared with", "the metric's unit", required=True),
    "ComparisonOperator": Meaning("Which side of Threshold breaches", required=True),
    "TreatMissingData": Meaning("Gaps count as", without="default missing"),
    "EvaluateLowSampleCountPercentile": Meaning("Judge percentiles of few samples?", without="default evaluate"),
    "Unit": Meaning("Only samples in this unit", without="default any"),
    # Metric math and composite alarms
    "Metrics": Meaning("Metrics and computations over them"),
    "Metrics.Id": Meaning("What expressions call it"),
    "Expression": Meaning("A computation over other Ids, such as e / r"),
    "ReturnData": Meaning("Is this the one that the alarm watches?", without="default true"),
    "MetricStat": Meaning("A metric, and how it is read"),
    "MetricStat.Metric": Meaning("Which metric is read"),
    "Stat": Meaning("A period's samples as one number"),
    "AlarmRule": Meaning('States and words: ALARM("a") OR ALARM("b")'),
    "ActionsSuppressor": Meaning("While this alarm is in ALARM, nobody is told", without="default none"),
    "ActionsSuppressorWaitPeriod": Meaning("How long to wait for it", "s"),
    "ActionsSuppressorExtensionPeriod": Meaning("How long it holds on afterwards", "s"),
}
"""By the end of a field's path, the longest that is here: `CanarySize.Value` is told apart from other Values."""


def meaning(operation: str, path: Sequence[str | int]) -> Meaning | None:
    """Return what a field means, None for one that no plan of this course needs."""
    whole = (operation, *(key for key in path if isinstance(key, str)))
    ends = (".".join(whole[start:]) for start in range(len(whole)))
    return next((MEANINGS[end] for end in ends if end in MEANINGS), None)
