"""Schema and reader refuse the same 200 files, each of the course's own with one slip in it.

The readers are those of the program: all of a file is read, with the files that it names. Of a plan it is its requests
as the service model shapes them, for what AWS's service says beyond that is `mlcourse lab check`'s to tell.

A schema sees one mapping at a time. What it cannot know is whether a name leads somewhere (to a file, a term, a day,
a model, a variant, a domain), whether an id is taken or is that of the folder, and what several numbers come to.
These are the sentences of `RELATIONS`. A slip against which the reader has nothing else to say is set aside, and there
may be few of them. Whatever else a reader refuses, the schema has to refuse, and the other way round.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from random import Random

import pytest

from course.content.editors.schemas import KINDS_OF_FILE
from tests.course.content.editors.mutations import CHANGES, mutated
from tests.course.content.editors.reading import refusals
from tests.course.content.editors.shipped import data, shipped, validator

MUTATIONS = 200
RELATIONS = re.compile(
    "|".join(
        (
            r"which does not exist",
            r"is no file here",
            r" is taken in ",
            r"^the (?:lab|incident) lies in the folder ",
            r"^the exam stands in ",
            r"^no variant is called ",
            r"variants are called ",
            r"uses configuration ",
            r"use model ",
            r"add up to",
            r"leaves none of \d+ questions that counts",
            r"stands \d times in ",
        )
    )
)


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """The slips with what reader and schema say of each, and how many were set aside."""
    files = defaultdict(list)
    for kind, path in shipped():
        files[kind].append(path)
    scratch = tmp_path_factory.mktemp("changed") / "file.yaml"
    found, aside = [], 0
    seed = -1
    while len(found) < MUTATIONS:
        seed += 1
        random = Random(seed)
        kind = list(KINDS_OF_FILE)[seed % len(KINDS_OF_FILE)]
        path = random.choice(files[kind])
        slip = mutated(data(path), list(CHANGES)[len(found) % len(CHANGES)], random)
        said = refusals(kind, path, slip.data, scratch)
        if said and all(RELATIONS.search(each) for each in said):
            aside += 1
            continue
        underlined = [error.message[:100] for error in validator(kind).iter_errors(slip.data)]
        found.append((f"{seed} {kind} {path.parent.name}: {slip.what} at {slip.trail}", slip.what, said, underlined))
    return found, aside


def test_schema_and_reader_refuse_the_same_files(judged):
    """None is refused by one of them alone."""
    found, _ = judged

    assert [(name, said, underlined) for name, _, said, underlined in found if bool(said) != bool(underlined)] == []


def test_the_slips_are_worth_it(judged):
    """Many are refused and many are not, every kind of slip is among them, and few say nothing about a schema."""
    found, aside = judged
    refused = Counter(bool(said) for _, _, said, _ in found)

    assert len(found) == MUTATIONS
    assert refused[True] >= 100
    assert refused[False] >= 30
    assert {what for _, what, _, _ in found} == set(CHANGES)
    assert aside <= MUTATIONS // 10
