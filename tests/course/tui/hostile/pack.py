"""A pack that holds the same text in every field of every file that takes one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.course.content.conftest import LAB, PLAN, write_pack
from tests.course.content.test_incident_files import FILES as SHIFT
from tests.course.content.test_incident_files import HERE, INCIDENT, SENT

Data = dict[str, Any]
KINDS = ("single", "multiple", "ordering", "matching", "numeric", "short-text", "fix")
"""Of questions, in the order in which the lesson asks them; their ids are the same."""
STORY = ("numeric", "short-text")
"""Those that are parts of one case."""
PLACED = ("single", "multiple", "ordering", "matching", "story", "fix")
"""What the lesson places."""
FOLDER = "01-fleets"


def hostile_pack(root: Path, text: str) -> Path:
    """Write the pack with this text, and return its folder."""
    return write_pack(root, {name: _written(data) for name, data in _files(text).items()})


def _written(data: Data | str) -> str:
    """JSON is YAML."""
    return data if isinstance(data, str) else json.dumps({"format": 1} | data, ensure_ascii=False)


def _part(text: str, places: int) -> str:
    """Return as much of the text as fits so many times into a file, and is read in no time."""
    return text[: 900_000 // places]


def _files(text: str) -> dict[str, Data | str]:
    line = " ".join(text.split())
    return {
        "course.yaml": {
            "id": "hostile",
            "title": text,
            "about": text,
            "glossary": "glossary.yaml",
            "exams": ["exam.yaml"],
            "parts": [
                {
                    "id": "first",
                    "numeral": text,
                    "title": text,
                    "topics": [{"lesson": FOLDER}],
                }
            ],
        },
        "exam.yaml": _exam(_part(text, 40)),
        "glossary.yaml": {
            "terms": [
                {
                    "id": id,
                    "term": f"{id} {text}",
                    "definition": text,
                    "also": [f"more {id} {line[:200]}"],
                    "source": {"url": text[:500], "checked": text[:500]},
                    "example": text,
                    "see": ["blue", "green"],
                    "lesson": "fleets",
                }
                for id in ("blue", "green")
            ]
        },
        f"{FOLDER}/lesson.yaml": {
            "id": "fleets",
            "revision": 1,
            "title": text,
            "minutes": 10,
            "about": text,
            "objectives": {line[:200]: [text]},
            "body": "lesson.md",
            "glossary": ["blue", "green"],
            "questions": [f"{name}.yaml" for name in PLACED],
            "labs": ["update/lab.yaml"],
            "incidents": ["shift/incident.yaml"],
            "sources": [{"url": f"https://example.org/{line.split()[-1]}", "checked": "2026-11-22"}],
        },
        f"{FOLDER}/lesson.md": _lesson(_part(text, 40), _part(line, 40)),
        **{f"{FOLDER}/{name}.yaml": {"questions": [_placed(name, _part(text, 60))]} for name in PLACED},
        f"{FOLDER}/update/lab.yaml": _exercise(LAB, _part(text, 40)),
        f"{FOLDER}/update/brief.md": f"{text}\n",
        f"{FOLDER}/update/debrief.md": f"{text}\n",
        f"{FOLDER}/update/start.yaml": _plan(text, line),
        f"{FOLDER}/update/reference.yaml": _plan(text, line),
        f"{FOLDER}/update/slow.yaml": PLAN,
        **SHIFT,
        f"{HERE}/incident.yaml": _exercise(INCIDENT, _part(text, 40)),
        f"{HERE}/brief.md": f"{text}\n",
        f"{HERE}/debrief.md": f"{text}\n",
        f"{HERE}/sent.yaml": SENT,
    }


def _lesson(text: str, line: str) -> str:
    plot = {"title": text, "x": text, "y": text, "series": {f"{n} {text[:500]}": [[0, 1], [5, n]] for n in range(2)}}
    steps = [*(f"{{question: {name}}}" for name in PLACED), "{lab: update}", "{incident: shift}"]
    return "\n\n".join(
        [
            f"## {line}",
            text,
            f"*{line}* `{line}` **{line}** &#x202e;&#12;&lrm;",
            f"- {line}",
            f"> {line}",
            f"| {line.replace('|', '')} | b |\n|---|---|\n| {line.replace('|', '')} | [a page](https://example.org) |",
            f"```{line.split()[0]}\n{line}\n```",
            f"```yaml\n{line}: {line}\n```",
            f"```text\n{line[:76]}\n```",
            f"```plot\n{json.dumps(plot)}\n```",
            *steps,
        ]
    )


def _placed(name: str, text: str) -> Data:
    if name != "story":
        return _question(name, text)
    parts = [_question(kind, text) for kind in STORY]
    return {"id": name, "kind": "case", "stem": text, "exhibit": text, "parts": parts}


def _question(kind: str, text: str) -> Data:
    common = {"id": kind, "kind": kind, "stem": text, "exhibit": text, "explain": text, "hints": [text, text]}
    options = [{"id": id, "text": text, "why": text, "correct": id != "c"} for id in "abc"]
    items = [{"id": id, "text": text, "why": text} for id in "abc"]
    slips = [{"answer": "2", "why": text}]
    match kind:
        case "single":
            return common | {"stem": text * 5, "options": options[1:], "accepts": ["b"], "rejects": ["c"]}
        case "multiple":
            return common | {"options": options, "accepts": [["a", "b"]], "rejects": [["c"]]}
        case "ordering":
            aside = [{"id": "d", "text": text, "why": text}]
            key = {"accepts": [["a", "b", "c"]], "rejects": [["b", "a", "c"]]}
            return common | {"items": items, "distractors": aside} | key
        case "matching":
            pairs = [{"id": id, "prompt": text, "answer": f"{id} {text}", "why": text} for id in "ab"]
            decoys = [{"id": "c", "text": text, "why": text}]
            right, wrong = {"a": "a", "b": "b"}, {"a": "b", "b": "a"}
            return common | {"pairs": pairs, "decoys": decoys, "accepts": [right], "rejects": [wrong]}
        case "fix":
            must = [{"be": "accepted", "say": text}, {"be": "sound", "say": text}]
            request = json.dumps({"UpdateEndpoint": {"EndpointName": text[:200]}}, ensure_ascii=False)
            return common | {"request": request, "solution": PLAN, "lab": "update", "must": must}
        case "numeric":
            return common | {"value": 1, "unit": text, "slips": slips, "accepts": ["1"], "rejects": ["2"]}
        case _:
            return common | {"answers": [text], "slips": slips, "accepts": [text], "rejects": ["2"]}


def _exam(text: str) -> Data:
    domain = {"id": "all", "title": text, "weight": 100, "objectives": {"fleets": text, "later": text}}
    size = {"questions": 8, "minutes": 10, "pass_mark": 720, "kinds": list(KINDS), "tags": "lessons"}
    sold = [{"what": text, "until": "2026-12-31"}]
    sources = [{"url": "https://example.org", "checked": "2026-11-22"}]
    return (
        {"id": "exam", "revision": 1, "title": text, "about": text, "domains": [domain]}
        | size
        | {
            "tasks": [{"lab": "update", "domain": "all"}],
            "sold": sold,
            "sources": sources,
        }
    )


def _exercise(small: str, text: str) -> str:
    """Return a lab or an incident with other words in it; its names and ids are AWS's and ours, and held to be such."""
    said = json.dumps(text, ensure_ascii=False)
    for words in ("An update", "A shift", "Finishes", "Goes back", "Cleans up", "In time", "Right model"):
        small = small.replace(f"title: {words}", f"title: {said}")
    for words in ("Nothing was wrong.", "It failed.", "It was fine.", "No.", "Late."):
        small = small.replace(f"say: {words}", f"say: {said}")
    small = small.replace("[Look.]", f"[{said}, {said}]")
    return (
        small if "duration_s" in small else small.replace("{rate: 20}", "{rate: 5}\n  duration_s: 1500") + "seeds: 1\n"
    )


def _plan(text: str, line: str) -> str:
    name = "".join(sign for sign in line if sign.isascii() and sign.isprintable())[:200]
    return f"# {line}\n" + SENT.replace("AlarmName: errors", f"AlarmName: {json.dumps(name)}").replace(
        "  Namespace: AWS/SageMaker", f"  AlarmDescription: {json.dumps(text[:500])}\n  Namespace: AWS/SageMaker", 1
    )
