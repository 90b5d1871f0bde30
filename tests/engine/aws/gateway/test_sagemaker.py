"""SageMaker as botocore's own client sees it: descriptions, lists, models, tags, jobs, and its waiters."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from engine.aws.translation.reading import READERS
from engine.batch.objects import S3Objects
from engine.plan import Plan
from engine.requests.arns import arn
from engine.requests.refusal import INVALID
from engine.simulate import simulate
from tests.engine.aws.gateway.in_process import client, gateway_of, talking_to
from tests.engine.rollouts import world

ROLE = "arn:aws:iam::111122223333:role/deployer"
VARIANT = {"VariantName": "main", "ModelName": "v2", "InstanceType": "ml.m5.large", "InitialInstanceCount": 4}


@pytest.fixture
def gateway():
    """A gateway that botocore's clients talk to."""
    with talking_to(gateway_of()) as found:
        yield found


@pytest.fixture
def sagemaker(gateway):
    """Its SageMaker."""
    return client("sagemaker")


def refusal(call, **given):
    """Return code and message of what a call is refused with."""
    with pytest.raises(ClientError) as refused:
        call(**given)
    assert 400 <= refused.value.response["ResponseMetadata"]["HTTPStatusCode"] < 500
    return refused.value.response["Error"]["Code"], refused.value.response["Error"]["Message"]


def create_config(sagemaker, name, **more):
    """Create a configuration like v2."""
    return sagemaker.create_endpoint_config(EndpointConfigName=name, ProductionVariants=[VARIANT], **more)


def job(name):
    """Return a request for a transform job."""
    return {
        "TransformJobName": name,
        "ModelName": "v2",
        "TransformInput": {"DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://in/day/"}}},
        "TransformOutput": {"S3OutputPath": "s3://out/"},
        "TransformResources": {"InstanceType": "ml.m5.large", "InstanceCount": 1},
    }


def test_a_configuration_is_described_as_it_was_created(gateway, sagemaker):
    """Also what the run does not use, and when; tags are listed elsewhere."""
    gateway.account.live.advance(120)
    capture = {
        "EnableCapture": False,
        "InitialSamplingPercentage": 20,
        "DestinationS3Uri": "s3://b/c",
        "CaptureOptions": [{"CaptureMode": "Input"}],
    }
    create_config(sagemaker, "V3", DataCaptureConfig=capture, Tags=[{"Key": "team", "Value": "churn"}])
    found = sagemaker.describe_endpoint_config(EndpointConfigName="V3")

    assert found["ProductionVariants"] == [VARIANT]
    assert found["DataCaptureConfig"] == capture
    assert found["EndpointConfigArn"].endswith(":endpoint-config/v3")
    assert found["CreationTime"] == gateway.account.now
    assert "Tags" not in found
    assert sagemaker.list_tags(ResourceArn=found["EndpointConfigArn"])["Tags"] == [{"Key": "team", "Value": "churn"}]


def test_a_weight_is_a_float_however_it_was_written(sagemaker):
    """As AWS answers it, also where a client sent a whole number."""
    sagemaker.create_endpoint_config(
        EndpointConfigName="whole", ProductionVariants=[{**VARIANT, "InitialVariantWeight": 3}]
    )
    [variant] = sagemaker.describe_endpoint_config(EndpointConfigName="whole")["ProductionVariants"]

    assert (variant["InitialVariantWeight"], type(variant["InitialVariantWeight"])) == (3.0, float)
    assert type(variant["InitialInstanceCount"]) is int


def test_a_configuration_of_the_world_can_be_created_again_under_another_name(sagemaker):
    """As tools do that change a configuration: describe it, and send what was described."""
    found = sagemaker.describe_endpoint_config(EndpointConfigName="v1")
    sagemaker.create_endpoint_config(EndpointConfigName="copy", ProductionVariants=found["ProductionVariants"])

    copy = sagemaker.describe_endpoint_config(EndpointConfigName="copy")
    assert copy["ProductionVariants"] == found["ProductionVariants"]


def test_lists_are_sorted_filtered_and_cut(gateway, sagemaker):
    """The newest first unless told otherwise; the paginator gives each once."""
    for count in range(3):
        gateway.account.live.advance(60 * (count + 1))
        create_config(sagemaker, f"new-{count}")

    def names(**given):
        pages = sagemaker.get_paginator("list_endpoint_configs").paginate(**given)
        return [each["EndpointConfigName"] for part in pages for each in part["EndpointConfigs"]]

    assert names() == ["new-2", "new-1", "new-0", "v1", "v2"]
    assert names(SortBy="Name", SortOrder="Ascending", PaginationConfig={"PageSize": 2}) == sorted(names())
    assert names(NameContains="new") == ["new-2", "new-1", "new-0"]
    made = sagemaker.describe_endpoint_config(EndpointConfigName="new-1")["CreationTime"]
    assert names(CreationTimeAfter=made) == ["new-2", "new-1"]
    assert names(CreationTimeBefore=made, SortOrder="Ascending") == ["v1", "v2", "new-0", "new-1"]


def test_a_list_without_a_page_size_holds_ten(sagemaker):
    """As documented."""
    for count in range(11):
        create_config(sagemaker, f"c{count}")

    first = sagemaker.list_endpoint_configs()
    assert len(first["EndpointConfigs"]) == 10
    rest = sagemaker.list_endpoint_configs(NextToken=first["NextToken"])
    assert len(rest["EndpointConfigs"]) == 3
    assert "NextToken" not in rest


def test_endpoints_are_listed_by_status(sagemaker):
    """The one that there is, while it is there."""
    assert [each["EndpointName"] for each in sagemaker.list_endpoints(StatusEquals="InService")["Endpoints"]] == [
        "churn"
    ]
    sagemaker.delete_endpoint(EndpointName="churn")
    assert sagemaker.list_endpoints(StatusEquals="InService")["Endpoints"] == []
    sagemaker.get_waiter("endpoint_deleted").wait(EndpointName="churn")
    assert sagemaker.list_endpoints()["Endpoints"] == []


def test_waiters_go_by_botocores_data(gateway, sagemaker):
    """Polls of 30 s: an update takes minutes, and the waiter ends with it."""
    sagemaker.update_endpoint(EndpointName="churn", EndpointConfigName="v2")
    pending = []
    while gateway.account.live.now < 60:
        gateway.account.live.advance(gateway.account.live.now + 30)
        pending.append(sagemaker.describe_endpoint(EndpointName="churn")["PendingDeploymentSummary"])
    sagemaker.get_waiter("endpoint_in_service").wait(EndpointName="churn")

    status = pending[-1]["ProductionVariants"][0]["VariantStatus"][0]
    assert (status["Status"], status["StatusMessage"]) == ("Creating", "Launching 4 instance(s).")
    assert sagemaker.describe_endpoint(EndpointName="churn")["EndpointConfigName"] == "v2"
    assert gateway.account.live.now % 30 == 0
    assert 120 <= gateway.account.live.now <= 600


def test_a_model_whose_artefact_is_known_behaves_like_the_one_that_it_is(gateway, sagemaker):
    """Under any name, and DescribeModel says what was sent."""
    shown = sagemaker.describe_model(ModelName="v2")["PrimaryContainer"]
    given = {"Image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/serve:7", "ModelDataUrl": shown["ModelDataUrl"]}
    sagemaker.create_model(ModelName="release-7", PrimaryContainer=given, ExecutionRoleArn=ROLE)

    assert sagemaker.describe_model(ModelName="release-7")["PrimaryContainer"] == given
    world_now = gateway.account.live.first.cloud.world
    assert world_now.loaded("release-7") == world_now.loaded("v2")
    request = {"EndpointConfigName": "c", "ProductionVariants": [{**VARIANT, "ModelName": "release-7"}]}
    sagemaker.create_endpoint_config(**request)
    assert gateway.account.sent[-1].request["ProductionVariants"] == [VARIANT]


@pytest.mark.parametrize(
    "container",
    [
        {"Image": "repo:v1", "ModelDataUrl": "s3://bucket/else/model.tar.gz"},
        {"Image": "repo:latest"},
        {"ModelPackageName": "group/1"},
        {},
    ],
)
def test_a_model_of_which_nothing_is_known_is_refused(sagemaker, container):
    """The sentence says which there are."""
    code, message = refusal(sagemaker.create_model, ModelName="m", PrimaryContainer=container, ExecutionRoleArn=ROLE)

    assert code == "NotSimulated"
    assert "v1, v2" in message


@pytest.mark.parametrize("url", ["s3://b/v1/model.tar.gz", "s3://b/models/v1.tar.gz", "s3://b/v1/output.zip"])
def test_an_address_that_is_called_like_a_model_is_its_artefact(gateway, sagemaker, url):
    """So that a script with a bucket of its own works."""
    sagemaker.create_model(ModelName="m", PrimaryContainer={"Image": "r:1", "ModelDataUrl": url}, ExecutionRoleArn=ROLE)

    assert gateway.account.models.like == {"m": "v1"}


def test_an_artefact_may_be_a_data_source(gateway, sagemaker):
    """The newer form of an address, in a list of one container."""
    source = {"S3Uri": "s3://b/v2/", "S3DataType": "S3Prefix", "CompressionType": "None"}
    container = {"Image": "r:1", "ModelDataSource": {"S3DataSource": source}}
    sagemaker.create_model(ModelName="m", Containers=[container], ExecutionRoleArn=ROLE)

    assert gateway.account.models.like == {"m": "v2"}


def test_a_deleted_model_is_found_no_more(sagemaker):
    """The endpoint that runs it goes on; whoever names it is refused, as one that never was."""
    sagemaker.delete_model(ModelName="v2")
    say = f'Could not find model "{arn("model", "v2")}".'

    assert [each["ModelName"] for each in sagemaker.list_models()["Models"]] == ["v1"]
    for call, given in (
        (sagemaker.describe_model, {"ModelName": "v2"}),
        (sagemaker.delete_model, {"ModelName": "v2"}),
        (sagemaker.create_endpoint_config, {"EndpointConfigName": "c", "ProductionVariants": [VARIANT]}),
        (sagemaker.create_transform_job, job("j")),
    ):
        assert refusal(call, **given) == ("ValidationException", say)


def test_tags_of_whatever_there_is(sagemaker):
    """Added, replaced and deleted; nothing else has any."""
    named = arn("endpoint", "churn")
    sagemaker.add_tags(ResourceArn=named, Tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}])
    sagemaker.add_tags(ResourceArn=named, Tags=[{"Key": "a", "Value": "3"}])
    sagemaker.delete_tags(ResourceArn=named, TagKeys=["b", "c"])

    assert sagemaker.list_tags(ResourceArn=named)["Tags"] == [{"Key": "a", "Value": "3"}]
    assert refusal(sagemaker.list_tags, ResourceArn=arn("endpoint", "other"))[0] == "ValidationException"


def test_a_second_endpoint_is_there_beside_the_first(gateway, sagemaker):
    """Created, waited for, listed, tagged, asked and deleted like the first."""
    made = sagemaker.create_endpoint(
        EndpointName="second", EndpointConfigName="v1", Tags=[{"Key": "team", "Value": "b"}]
    )
    sagemaker.get_waiter("endpoint_in_service").wait(EndpointName="second")
    names = [
        each["EndpointName"] for each in sagemaker.list_endpoints(SortBy="Name", SortOrder="Ascending")["Endpoints"]
    ]

    assert names == ["churn", "second"]
    assert sagemaker.list_tags(ResourceArn=made["EndpointArn"])["Tags"] == [{"Key": "team", "Value": "b"}]
    answer = client("sagemaker-runtime").invoke_endpoint(EndpointName="second", Body=b"{}")
    assert answer["InvokedProductionVariant"] == "main"
    sagemaker.delete_endpoint(EndpointName="second")
    gateway.account.live.advance(gateway.account.live.now + 600)
    assert refusal(sagemaker.describe_endpoint, EndpointName="second")[0] == "ValidationException"
    assert sagemaker.describe_endpoint(EndpointName="churn")["EndpointStatus"] == "InService"


def test_a_transform_job_from_request_to_end():
    """Described as it was asked for, listed with its status, waited for with botocore's waiter."""
    inputs = (S3Objects(prefix="s3://in/day/", count=2, records=100, record_bytes=1000.0),)
    with talking_to(gateway_of(world(inputs=inputs))):
        sagemaker = client("sagemaker")
        assert sagemaker.create_transform_job(**job("nightly"))["TransformJobArn"] == arn("transform-job", "nightly")
        begun = sagemaker.describe_transform_job(TransformJobName="nightly")
        sagemaker.get_waiter("transform_job_completed_or_stopped").wait(TransformJobName="nightly")
        (listed,) = sagemaker.list_transform_jobs(StatusEquals="Completed")["TransformJobSummaries"]

        assert begun["TransformJobStatus"] == "InProgress"
        assert {name: begun[name] for name in job("nightly")} == job("nightly")
        assert listed["TransformEndTime"] == listed["LastModifiedTime"] > listed["CreationTime"]
        assert refusal(sagemaker.stop_transform_job, TransformJobName="nightly")[0] == "ValidationException"
        assert refusal(sagemaker.describe_transform_job, TransformJobName="x")[0] == "ResourceNotFound"


def test_a_shadow_test_is_described_and_listed(gateway, sagemaker):
    """From its creation to its stop."""
    instances = {
        "InfrastructureType": "RealTimeInference",
        "RealTimeInferenceConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 4},
    }
    found = sagemaker.create_inference_experiment(
        Name="shadow",
        Type="ShadowMode",
        RoleArn=ROLE,
        EndpointName="churn",
        ModelVariants=[
            {"ModelName": model, "VariantName": name, "InfrastructureConfig": instances}
            for name, model in (("main", "v1"), ("next", "v2"))
        ],
        ShadowModeConfig={
            "SourceModelVariantName": "main",
            "ShadowModelVariants": [{"ShadowModelVariantName": "next", "SamplingPercentage": 50}],
        },
    )
    gateway.account.live.advance(900)

    assert found["InferenceExperimentArn"] == arn("inference-experiment", "shadow")
    assert sagemaker.describe_inference_experiment(Name="shadow")["Status"] == "Running"
    (listed,) = sagemaker.list_inference_experiments(StatusEquals="Running")["InferenceExperiments"]
    assert listed["Name"] == "shadow"
    stopped = sagemaker.stop_inference_experiment(
        Name="shadow", ModelVariantActions={"main": "Retain", "next": "Remove"}
    )
    assert stopped["InferenceExperimentArn"] == found["InferenceExperimentArn"]
    assert sagemaker.describe_inference_experiment(Name="shadow")["Status"] == "Stopping"
    assert refusal(sagemaker.describe_inference_experiment, Name="x")[0] == "ResourceNotFound"


@pytest.mark.parametrize(
    "call, given, say",
    [
        (
            "list_endpoints",
            {"SortBy": "Age"},
            "Value 'Age' at 'sortBy' failed to satisfy constraint: Member must satisfy enum value set: "
            "[Name, CreationTime, Status]",
        ),
        (
            "list_models",
            {"MaxResults": 101},
            "Value '101' at 'maxResults' failed to satisfy constraint: "
            "Member must have value less than or equal to 100",
        ),
        (
            "describe_endpoint",
            {"EndpointName": "no_such"},
            "Value 'no_such' at 'endpointName' failed to satisfy constraint: "
            "Member must satisfy regular expression pattern: [a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}",
        ),
    ],
)
def test_what_only_the_service_refuses(sagemaker, call, given, say):
    """In AWS's words, for looks as for changes."""
    code, message = refusal(getattr(sagemaker, call), **given)

    assert (code, message) == ("ValidationException", f"1 validation error detected: {say}")


def test_names_that_differ_by_their_case(sagemaker):
    """Nothing is created under the ARN of something else, whose tags stay; lookups ask for the name as it was given."""
    tags = [{"Key": "team", "Value": "a"}]
    made = sagemaker.create_endpoint_config(EndpointConfigName="C2", ProductionVariants=[VARIANT], Tags=tags)
    for call, given, code, say in (
        ("create_endpoint", {"EndpointName": "CHURN", "EndpointConfigName": "v1"}, INVALID, "endpoint/churn"),
        ("create_endpoint_config", {"EndpointConfigName": "c2", "ProductionVariants": [VARIANT]}, INVALID, "config/c2"),
        ("create_model", {"ModelName": "V1", "PrimaryContainer": {"Image": "v1"}}, INVALID, "model/v1"),
    ):
        found, message = refusal(getattr(sagemaker, call), **given)
        assert (found, "Cannot create already existing" in message, say in message) == (code, True, True)

    assert sagemaker.list_tags(ResourceArn=made["EndpointConfigArn"])["Tags"] == tags
    assert refusal(sagemaker.describe_endpoint, EndpointName="CHURN")[0] == INVALID
    assert refusal(sagemaker.describe_endpoint_config, EndpointConfigName="c2")[0] == INVALID
    assert [each["EndpointName"] for each in sagemaker.list_endpoints()["Endpoints"]] == ["churn"]


def test_what_was_sent_under_new_names_is_a_plan_of_the_world(gateway, sagemaker):
    """Simulated from start to end, it gives the events of the live run."""
    live = gateway.account.live
    live.advance(live.world.update_at_s)
    url = sagemaker.describe_model(ModelName="v2")["PrimaryContainer"]["ModelDataUrl"]
    container = {"Image": "r:1", "ModelDataUrl": url}
    sagemaker.create_model(ModelName="release-7", PrimaryContainer=container, ExecutionRoleArn=ROLE)
    variants = [{**VARIANT, "ModelName": "release-7"}]
    sagemaker.create_endpoint_config(EndpointConfigName="c7", ProductionVariants=variants)
    sagemaker.update_endpoint(EndpointName="churn", EndpointConfigName="c7")
    live.advance(live.world.duration_s)
    requests = [READERS[each.operation](each.request) for each in gateway.account.sent]

    assert simulate(live.world, Plan.of(*requests), live.arrivals.seed).events == tuple(live.recorder.events)
