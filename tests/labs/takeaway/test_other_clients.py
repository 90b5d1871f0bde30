"""The AWS SDK for JavaScript and Terraform, where they are installed: programs whose clock nobody can patch."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from pathlib import Path
from time import monotonic

import pytest

from course.serving.clocks import FASTEST, Warped
from course.serving.exact import play
from course.serving.session import begun
from engine.aws.takeaway.forms import as_terraform
from tests.engine.aws.gateway.clients import REGION
from tests.engine.aws.gateway.test_clients import ALARM, GUARDED
from tests.engine.rollouts import world
from tests.labs.takeaway.scripts import PACK, cases

UPDATE = {
    "EndpointName": "churn",
    "EndpointConfigName": "v2",
    "DeploymentConfig": {
        **GUARDED,
        "BlueGreenUpdatePolicy": {**GUARDED["BlueGreenUpdatePolicy"], "TerminationWaitInSeconds": 0},
    },
}
LONGEST_S = 300.0


def played(command, ready=lambda url: None, **streams):
    """Run a command while the run goes on fast; return the gateway, and that it has ended well."""
    gateway = begun(world(), 1)
    clock = Warped(FASTEST, gateway.account.live.now, monotonic())
    done = play(gateway, command, clock=clock, at_most_s=LONGEST_S, ready=ready, **streams)
    return gateway, (done.code, done.in_time) == (0, True)


SDKS = ("@aws-sdk/client-sagemaker", "@aws-sdk/client-cloudwatch")
ROLL_OUT = """
const { SageMaker, waitUntilEndpointInService } = require("@aws-sdk/client-sagemaker");
const { CloudWatch } = require("@aws-sdk/client-cloudwatch");
const [alarm, update] = process.argv.slice(1).map(JSON.parse);

(async () => {
  const sagemaker = new SageMaker({}), cloudwatch = new CloudWatch({});
  const asked = { EndpointName: update.EndpointName };
  await cloudwatch.putMetricAlarm(alarm);
  await sagemaker.updateEndpoint(update);
  console.log((await sagemaker.describeEndpoint(asked)).EndpointStatus);
  await waitUntilEndpointInService({ client: sagemaker, maxWaitTime: 120, minDelay: 1, maxDelay: 1 }, asked);
  const found = await sagemaker.describeEndpoint(asked);
  console.log(found.EndpointConfigName, found.LastModifiedTime instanceof Date);
  console.log((await cloudwatch.describeAlarms({})).MetricAlarms.map((each) => each.Threshold).join());
  await sagemaker.describeEndpoint({ EndpointName: "nobody" }).catch((error) => console.log(error.name));
})();
"""


def can_require(names):
    """Does Node.js find these packages, from here or in NODE_PATH?"""
    node = shutil.which("node")
    ask = [node or "", "-e", "process.argv.slice(1).forEach((name) => require.resolve(name))", *names]
    return node is not None and subprocess.run(ask, capture_output=True, check=False, timeout=60).returncode == 0


@pytest.mark.skipif(not can_require(SDKS), reason=f"{' and '.join(SDKS)} are not installed for Node.js")
def test_the_sdk_for_javascript(capfd):
    """It finds the address by itself, rolls out with an alarm, waits with its own waiter, and reads an error."""
    _, well = played(["node", "-e", ROLL_OUT, json.dumps(ALARM), json.dumps(UPDATE)])
    out, err = capfd.readouterr()

    assert (well, out.splitlines()) == (True, ["Updating", "v2 true", "0.1", "ValidationException"]), err


PROVIDER = "registry.terraform.io/hashicorp/aws"
ENDPOINTS = """provider "aws" {{
  region = "{region}"
  endpoints {{
    cloudwatch = "{url}"
    sagemaker  = "{url}"
    sts        = "{url}"
  }}
}}
"""


def plugins():
    """Return the folder in which Terraform's provider for AWS is installed: one where Terraform looks by itself, or its
    cache; None without it."""
    home, shared = Path.home(), Path("/usr")
    data = Path(os.environ.get("XDG_DATA_HOME", home / ".local" / "share"))
    folders = [
        home / ".terraform.d",
        data / "terraform",
        *(shared / each / "terraform" for each in ("local/share", "share")),
    ]
    cache = os.environ.get("TF_PLUGIN_CACHE_DIR")
    found = [*([Path(cache)] if cache else []), *(folder / "plugins" for folder in folders)]
    return next((each for each in found if (each / PROVIDER).is_dir()), None)


terraform = pytest.mark.skipif(shutil.which("terraform") is None, reason="terraform is not installed")


with_provider = pytest.mark.skipif(plugins() is None, reason=f"no folder of Terraform's holds the provider {PROVIDER}")


def imported_and(last, deployment, folder):
    """Import the endpoint of a plan with this DeploymentConfig, and run one more command; return as `played`."""
    text = as_terraform({"PutMetricAlarm": ALARM, "UpdateEndpoint": {**UPDATE, "DeploymentConfig": deployment}})
    (folder / "main.tf").write_text(text, encoding="utf-8")
    [imported] = [line.partition(": ")[2] for line in text.splitlines() if ": terraform import " in line]
    script = (
        "export CHECKPOINT_DISABLE=1 && unset TF_PLUGIN_CACHE_DIR",
        f"terraform init -input=false -plugin-dir={shlex.quote(str(plugins()))}",
        imported,
        last,
    )

    def ready(url):
        (folder / "provider.tf").write_text(ENDPOINTS.format(region=REGION, url=url), encoding="utf-8")

    return played(["sh", "-c", " && ".join(script)], ready, cwd=folder)


@terraform
@with_provider
def test_terraform_applies(tmp_path, capfd):
    """The endpoint is imported, as the configuration says, and then updated."""
    without_alarms = {"BlueGreenUpdatePolicy": UPDATE["DeploymentConfig"]["BlueGreenUpdatePolicy"]}
    gateway, well = imported_and("terraform apply -input=false -auto-approve", without_alarms, tmp_path)
    changed = [each.operation for each in gateway.account.sent if not each.refused]

    assert well, capfd.readouterr()
    assert sorted(changed) == ["PutMetricAlarm", "UpdateEndpoint"]
    assert gateway.account.live.first.cloud.endpoint.config_name == "v2"


@terraform
@with_provider
def test_terraform_would_replace_an_endpoint_without_alarms(tmp_path, capfd):
    """The provider cannot add AutoRollbackConfiguration in place; a comment of the configuration warns of it."""
    _, well = imported_and("terraform plan -input=false -no-color", UPDATE["DeploymentConfig"], tmp_path)
    out = capfd.readouterr().out

    assert well
    assert "aws_sagemaker_endpoint.churn must be replaced" in out
    assert "# If terraform plan says that the endpoint must be replaced, do not apply it" in (
        tmp_path / "main.tf"
    ).read_text(encoding="utf-8")


@terraform
def test_terraform_reads_every_configuration(tmp_path):
    """Each lab's plan as a configuration is in Terraform's language, and laid out as Terraform does it."""
    for id in PACK.lab_ids():
        [case] = cases(id, near_misses=0)
        (tmp_path / f"{id}.tf").write_text(as_terraform(case.requests), encoding="utf-8")
    command = ["terraform", "fmt", "-check", "-diff", "-write=false", str(tmp_path)]
    offline = {**os.environ, "CHECKPOINT_DISABLE": "1"}
    done = subprocess.run(command, capture_output=True, check=False, text=True, timeout=60, env=offline)

    assert done.returncode == 0, done.stderr + done.stdout
