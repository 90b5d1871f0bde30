"""What people paste that is no data at all: a script or a program, with what makes a plan of it."""

from __future__ import annotations

import re

RUN = (
    '`mlcourse lab grade LAB --with "{0} FILE"` runs it and grades what it sends; '
    "`mlcourse serve --lab LAB -- {0} FILE` keeps what it sends as a plan."
)
LANGUAGES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.MULTILINE), say)
    for pattern, say in (
        (
            r'^[ \t]*(resource|data)[ \t]+"[\w-]+"[ \t]+"[\w-]+"[ \t]*\{'
            r'|^[ \t]*(provider|variable|module|output)[ \t]+"[\w-]+"[ \t]*\{|^[ \t]*(terraform|locals)[ \t]*\{',
            "This is Terraform's own language, and its JSON is what can be read. Write that with"
            " `terraform plan -out=p` and `terraform show -json p > plan.json`.",
        ),
        (
            r'^\{"@level"',
            "This is what Terraform logs with -json. Write the plan itself with `terraform plan -out=p` and"
            " `terraform show -json p > plan.json`.",
        ),
        (
            r"^[ \t]*(import|from)\b.*\b(aws_cdk|aws-cdk-lib)\b",
            "This is an app of the CDK. `cdk synth > template.yaml` writes its template, which can be read.",
        ),
        (r"^[ \t]*(\$ )?aws[ \t]+[a-z-]+[ \t]+[a-z]+-[a-z-]+", f"This is a script of a shell. {RUN.format('bash')}"),
        (
            r"^[ \t]*(import|from)[ \t]+(boto3|botocore)\b"
            r"|\.(update_endpoint|create_endpoint|create_endpoint_config|put_metric_alarm|put_composite_alarm)\(",
            f"This is a program in Python. {RUN.format('python')}",
        ),
        (r"@aws-sdk/client-", f"This is a program for Node.js. {RUN.format('node')}"),
    )
)
"""How each is told, by a line of it, and what there is to say."""


def other_language(text: str) -> tuple[int, str] | None:
    """Return the line, from 1, that tells of a script or a program, and what to do with it; None for other texts."""
    for pattern, say in LANGUAGES:
        if found := pattern.search(text):
            return text.count("\n", 0, found.start()) + 1, say
    return None
