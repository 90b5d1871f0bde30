"""What an endpoint answers when a client invokes it, and that the run goes on as if nobody had."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from botocore.exceptions import ClientError

from engine.live import Live
from engine.requests.sagemaker import AsyncInferenceConfig, AsyncOutputConfig, ServerlessConfig
from engine.serving.faults import Leak, WarmUp
from engine.serving.model import Model, ServiceTime
from engine.traffic.arrivals import Arrivals
from tests.engine.aws.gateway.clients import client, gateway_of
from tests.engine.rollouts import STEADY, all_at_once, config, failing, later, model, update, world

MANY = 200


def runtime(here):
    """Return a client of a world's endpoint, in which ten minutes have passed, and its gateway."""
    gateway = gateway_of(here)
    gateway.account.live.advance(600)
    return client(gateway, "sagemaker-runtime"), gateway


def code_of(call, **given):
    """Return code, status and message of the error that a call leads to."""
    with pytest.raises(ClientError) as refused:
        call(**{"EndpointName": "churn", **given})
    said = refused.value.response
    return said["Error"]["Code"], said["ResponseMetadata"]["HTTPStatusCode"], said["Error"]["Message"]


def test_an_answer():
    """Which variant answered, and how long it would have taken."""
    asked, gateway = runtime(world(old=Model(service=ServiceTime(mean_ms=40, kind="constant"), workers=2)))
    found = asked.invoke_endpoint(EndpointName="churn", Body=b"1,2,3", ContentType="text/csv")

    assert (found["InvokedProductionVariant"], found["ContentType"]) == ("main", "application/json")
    assert "not simulated" in json.loads(found["Body"].read())["note"]
    headers = found["ResponseMetadata"]["HTTPHeaders"]
    assert int(headers["x-mlcourse-model-latency-us"]) >= 40_000
    assert int(headers["x-mlcourse-overhead-latency-us"]) > 0
    assert gateway.account.live.now == 600


def test_errors_come_as_often_as_the_model_fails():
    """As ModelError, with what the container said."""
    asked, _ = runtime(world(old=failing(0.3)))
    failed = []
    for _ in range(MANY):
        try:
            asked.invoke_endpoint(EndpointName="churn", Body=b"")
        except asked.exceptions.ModelError as error:
            failed.append(error.response)

    assert 0.2 * MANY < len(failed) < 0.4 * MANY
    assert {each["OriginalStatusCode"] for each in failed} == {500}
    assert failed[0]["ResponseMetadata"]["HTTPStatusCode"] == 424
    assert failed[0]["Error"]["Message"].startswith('Received server error (500) from model with message "')
    assert failed[0]["LogStreamArn"].endswith("/aws/sagemaker/Endpoints/churn")


@pytest.mark.parametrize(
    "old, kind, original",
    [
        (failing(1.0, "4xx"), "client", 400),
        (failing(1.0, "5xx"), "server", 500),
        (model(faults=(Leak(requests=1),)), "server", 500),
        (Model(service=ServiceTime(mean_ms=100_000, kind="constant"), workers=2), "server", 0),
        (Model(service=ServiceTime(mean_ms=60_000, kind="constant"), queue="shared", queue_limit=0), "server", 503),
    ],
)
def test_whose_error_it_is(old, kind, original):
    """The caller's, the model's, a container's that does not answer, or one whose queue is full."""
    asked, _ = runtime(world(old=old))
    code, status, say = code_of(asked.invoke_endpoint, Body=b"")

    assert (code, status) == ("ModelError", 424)
    assert say.startswith(f"Received {kind} error ({original}) from model")


def test_variants_by_weight_and_by_name():
    """A named variant answers whatever its weight."""
    here = world(configs=(_two_variants("v1"), config("v2")))
    asked, _ = runtime(here)
    names = [asked.invoke_endpoint(EndpointName="churn", Body=b"")["InvokedProductionVariant"] for _ in range(MANY)]

    assert 0.6 * MANY < names.count("main") < 0.9 * MANY
    for name in ("main", "other"):
        found = asked.invoke_endpoint(EndpointName="churn", Body=b"", TargetVariant=name)
        assert found["InvokedProductionVariant"] == name
    assert code_of(asked.invoke_endpoint, Body=b"", TargetVariant="third")[:2] == ("ValidationError", 400)


def _two_variants(name):
    first = config(name, initial_variant_weight=3.0)
    second = config(name, variant_name="other", initial_variant_weight=1.0)
    return replace(first, production_variants=(*first.production_variants, *second.production_variants))


def test_what_is_refused():
    """In AWS's words where they are known."""
    asked, _ = runtime(world())
    missing = code_of(asked.invoke_endpoint, Body=b"", EndpointName="nobody")
    assert missing == ("ValidationError", 400, "Endpoint nobody of account 111122223333 not found.")
    several = code_of(asked.invoke_endpoint, Body=b"", TargetModel="m.tar.gz")
    assert several[2] == "Endpoint churn is not a multi-model endpoint and does not support target model header."
    assert code_of(asked.invoke_endpoint, Body=b"", SessionId="NEW_SESSION")[0] == "NotSimulated"
    too_long = code_of(asked.invoke_endpoint, Body=b"", InferenceId="x" * 65)
    assert too_long[0] == "ValidationError"
    assert too_long[2].endswith(
        "at 'inferenceId' failed to satisfy constraint: Member must have length less than or equal to 64"
    )
    assert code_of(asked.invoke_endpoint_async, InputLocation="s3://b/k")[0] == "ValidationError"
    assert code_of(asked.invoke_endpoint_with_response_stream, Body=b"")[:2] == ("NotSimulated", 400)


def test_an_asynchronous_endpoint_accepts():
    """And says where the answer would be."""
    output = AsyncOutputConfig(s3_output_path="s3://bucket/out")
    later = AsyncInferenceConfig(output_config=output)
    asked, _ = runtime(world(configs=(replace(config("v1"), async_inference_config=later), config("v2"))))
    found = asked.invoke_endpoint_async(EndpointName="churn", InputLocation="s3://bucket/in", InferenceId="mine")

    assert found["ResponseMetadata"]["HTTPStatusCode"] == 202
    assert found["InferenceId"] == "mine"
    assert found["OutputLocation"].startswith("s3://bucket/out/")
    assert code_of(asked.invoke_endpoint, Body=b"")[0] == "ValidationError"
    assert code_of(asked.invoke_endpoint_async)[0] == "ValidationError"
    assert code_of(asked.invoke_endpoint_async, InputLocation="s3://b/k", Body=b"1")[0] == "ValidationError"


@pytest.mark.parametrize(
    "old, variant",
    [
        (model(faults=(Leak(requests=50, restart_requests=20), WarmUp(lasts_s=900))), {}),
        (model(queue="shared"), {"routing_strategy": "LEAST_OUTSTANDING_REQUESTS"}),
        (
            model(),
            {
                "serverless_config": ServerlessConfig(memory_size_in_mb=2048, max_concurrency=5),
                "initial_instance_count": 1,
            },
        ),
    ],
)
def test_the_run_is_as_if_nobody_had_asked(old, variant):
    """Events, metrics and totals are those of the run alone, and the probes the same each time."""
    here = world(old=old, configs=(config("v1", **variant), config("v2", **variant)))
    seen = []
    for often in (0, 1, 7):
        gateway = gateway_of(here)
        gateway.account.live = Live(here, Arrivals(here.workload, 1), series=True)
        live, asked = gateway.account.live, client(gateway, "sagemaker-runtime")
        live.send_all([later(0.0, update(all_at_once(60)))])
        for minute in range(20):
            live.advance(60.0 * minute + 31.7)
            for _ in range(often):
                _ask(asked)
        live.advance(1500)
        live.catch_up()
        seen.append(live.result())

    assert seen[0] == seen[1] == seen[2]


def _ask(asked):
    try:
        asked.invoke_endpoint(EndpointName="churn", Body=b"")
    except ClientError as error:
        assert error.response["Error"]["Code"] in ("ModelError", "ThrottlingException")


def test_an_endpoint_that_nobody_else_calls_counts_what_clients_ask():
    """Its metrics are those of their requests, and an alarm sees them."""
    asked, gateway = runtime(world(old=failing(1.0), timing=STEADY))
    sagemaker, cloudwatch = client(gateway, "sagemaker"), client(gateway, "cloudwatch")
    sagemaker.create_endpoint(EndpointName="mine", EndpointConfigName="v1")
    live = gateway.account.live
    live.advance(1200)
    dimensions = [{"Name": "EndpointName", "Value": "mine"}, {"Name": "VariantName", "Value": "main"}]
    errors = {"Namespace": "AWS/SageMaker", "MetricName": "Invocation5XXErrors", "Dimensions": dimensions}
    cloudwatch.put_metric_alarm(
        AlarmName="errors",
        **errors,
        Statistic="Average",
        Period=60,
        EvaluationPeriods=1,
        Threshold=0.5,
        ComparisonOperator="GreaterThanThreshold",
    )
    for _ in range(20):
        live.advance(live.now + 1)
        code_of(asked.invoke_endpoint, EndpointName="mine", Body=b"")
    live.advance(1500)
    span = {"StartTime": live.world.clock(1200), "EndTime": live.world.clock(1260), "Period": 60}
    found = cloudwatch.get_metric_statistics(**errors, **span, Statistics=["Sum", "SampleCount"])["Datapoints"]

    assert [(each["Sum"], each["SampleCount"]) for each in found] == [(20.0, 20.0)]
    assert cloudwatch.describe_alarm_history(AlarmName="errors", HistoryItemType="StateUpdate")["AlarmHistoryItems"]
    assert live.result().others["mine"].totals.requests == 20
    assert live.result().others["mine"].totals.errors_5xx == 20
