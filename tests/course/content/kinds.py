"""Questions of the larger kinds in the small pack: a case, exhibits, an order to choose, a request to mend."""

from __future__ import annotations

from pathlib import Path

from tests.course.content.conftest import FILES, LESSON, TEXT, write_pack

CASE = """\
  - id: night
    kind: case
    stem: Ines rolls out a model at night, and nobody is awake.
    exhibit: |
      | minute | errors |
      |---|---|
      | 1 | 0 |
      | 2 | 40 |

      ```plot
      title: Errors
      x: minutes
      y: errors a minute
      series:
        green: [[1, 0], [2, 40]]
      ```
    parts:
      - id: night-alarm
        kind: single
        stem: What wakes her?
        options:
          - {id: a, text: An alarm, correct: true, why: It watches for her.}
          - {id: b, text: A dream, why: It watches nothing.}
        hints: [Who is awake?]
        explain: Alarms do not sleep.
        objectives: {mla-c01: ["3.3"]}
        accepts: [a]
        rejects: [b]
      - id: night-rate
        kind: numeric
        stem: Of all requests, {share} % go to the new model. What percentage of all fails?
        exhibit: |
          The new model fails {new} % of its own.

          ```plot
          title: Errors of the new model, {share} % of the traffic
          x: minutes
          y: "%"
          series:
            green: [[0, {old}], [5, {new}]]
          ```
        computed: {from: dilution, over: {share: [5, 10, 20, 25, 40], new: [8, 10, 12, 20], old: [0]}}
        figure: mixed
        unit: "%"
        hints: [Divide.]
        explain: "{mixed} %."
        objectives: {mla-c01: ["4.1"]}
        accepts: ["{mixed}"]
        rejects: ["{sum}"]
"""
ORDER = """\
  - id: steps
    kind: ordering
    stem: Which steps belong to a rollout, and in which order?
    items:
      - {id: write, text: Write the alarm, why: The update names it.}
      - {id: send, text: Send the update, why: Then traffic moves.}
      - {id: bake, text: Wait while it bakes, why: The alarm is watched.}
    distractors:
      - {id: pray, text: Hope for the best, why: Hope stops nothing.}
    hints: [First who watches.]
    explain: First the alarm.
    accepts: [[write, send, bake]]
    rejects: [[write, send, pray, bake], [write, send], [send, write, bake]]
"""
GUARD = """\
PutMetricAlarm:
  AlarmName: errors
  Namespace: AWS/SageMaker
  MetricName: Invocation5XXErrors
  Dimensions:
    - {Name: EndpointName, Value: churn}
    - {Name: VariantName, Value: main}
    - {Name: EndpointConfigName, Value: churn-v2}
  Statistic: Sum
  Period: 60
  EvaluationPeriods: 1
  Threshold: 20
  ComparisonOperator: GreaterThanThreshold
  TreatMissingData: notBreaching
UpdateEndpoint:
  EndpointName: churn
  EndpointConfigName: churn-v2
  DeploymentConfig:
    BlueGreenUpdatePolicy:
      TrafficRoutingConfiguration:
        Type: CANARY
        CanarySize: {Type: INSTANCE_COUNT, Value: 1}
        WaitIntervalInSeconds: 300
      TerminationWaitInSeconds: 300
      MaximumExecutionTimeoutInSeconds: 3600
    AutoRollbackConfiguration:
      Alarms: [{AlarmName: errors}]
"""
"""A guarded update: a canary, an alarm, and a way back."""
DEAF = GUARD.replace("Threshold: 20", "Threshold: 20000")
"""Its alarm hears nothing."""


def indented(text: str, by: int) -> str:
    """Return the text further in."""
    return "".join(f"{' ' * by}{line}\n" for line in text.splitlines())


FIX = f"""\
  - id: mend
    kind: fix
    stem: Nobody was told when the bad model failed. What has to change?
    lab: update
    keeps: [UpdateEndpoint]
    must:
      - {{be: accepted, say: It has to be sent at all.}}
      - {{be: rolled-back, release: bad, say: The alarm has to hear a fifth of all requests failing.}}
      - {{be: promoted, release: good, say: A good model has to pass.}}
    seeds: 2
    request: |
{indented(DEAF, 6)}    solution: |
{indented(GUARD, 6)}    hints: [How many errors a minute are there?]
    explain: An alarm is as good as its threshold.
"""
QUESTIONS = f"format: 1\nquestions:\n{CASE}{ORDER}{FIX}"
IDS = ("night-alarm", "night-rate", "steps", "mend")
EXAM = """\
format: 1
id: kinds
title: An exam over all of these
about: For tests.
tags: lessons
questions: 5
minutes: 20
pass_mark: 720
kinds: [single, numeric, ordering, fix]
domains: [{id: "1", title: All, weight: 100, objectives: {fleets: All.}}]
sources: [{url: "https://example.com/", checked: 2026-11-22}]
"""
PACK = {
    **FILES,
    "course.yaml": FILES["course.yaml"].replace("parts:", "exams: [kinds.yaml]\nparts:"),
    "kinds.yaml": EXAM,
    "01-fleets/lesson.yaml": LESSON.replace("questions: [questions.yaml]", "questions: [questions.yaml, kinds.yaml]"),
    "01-fleets/lesson.md": TEXT + "\n{question: night}\n\n{question: steps}\n\n{question: mend}\n",
    "01-fleets/kinds.yaml": QUESTIONS,
}


def pack_of_kinds(root: Path) -> Path:
    """Write the small pack with these questions on its pages, and return its folder."""
    return write_pack(root, PACK)
