"""All operations that are simulated, by service and name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.aws.gateway.account import Account, Raw
from engine.aws.gateway.operations import identity, invoking, rules, scaling, sent
from engine.aws.gateway.operations.checked import checked
from engine.aws.gateway.operations.cloudwatch import registry as cloudwatch
from engine.aws.gateway.operations.sagemaker import configs, endpoints, experiments, jobs, models, tags

Operation = Callable[[Account, Raw], Mapping[str, Any]]
"""Takes the input, changes the account or not, and returns the output; ServiceError if it refuses."""

OPERATIONS: Mapping[tuple[str, str], Operation] = {
    **sent.OPERATIONS,
    **checked(
        {
            **endpoints.OPERATIONS,
            **configs.OPERATIONS,
            **models.OPERATIONS,
            **tags.OPERATIONS,
            **jobs.OPERATIONS,
            **experiments.OPERATIONS,
            **scaling.OPERATIONS,
            **rules.OPERATIONS,
            **identity.OPERATIONS,
        }
    ),
    **cloudwatch.OPERATIONS,
    **invoking.OPERATIONS,
}
"""What a plan may hold is in `sent`; where more is answered or noted than the run knows, a later module replaces it."""
