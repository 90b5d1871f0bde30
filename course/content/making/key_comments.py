"""What each key does, a sentence each, by the kind of file: the one table from which all new files are commented.

`*` stands for any item. A longer account of each is in docs/formats.md.
"""

from __future__ import annotations

from collections.abc import Mapping

ID = "Kept for ever: what a learner did is remembered under it."
REVISION = "Goes up by one when the meaning changes. For a typo leave it."
SOURCES = "Where the facts come from, and the day you looked them up."

COURSE = {
    "id": ID,
    "about": "One sentence for whoever chooses a course.",
    "glossary": "The file with the words that pages mark and explain.",
    "exams": "Files of mock exams; `mlcourse new exam ID` adds one.",
    "parts": "The outline. A part with the id of a part of the built-in course adds its lessons to that.",
    "parts.*.topics": "A lesson is a folder with a lesson.yaml; `mlcourse new lesson ID` adds one.",
}
GLOSSARY = {
    "terms.*.term": "As it stands in the text; the plural is found too.",
    "terms.*.also": "Other spellings. No two terms may be spelt alike.",
    "terms.*.source": "Where it is defined, or the nearest page, and the day you looked.",
    "terms.*.lesson": "The lesson that explains it.",
}
LESSON = {
    "id": ID,
    "revision": REVISION,
    "minutes": "How long somebody needs who is new to it.",
    "needs": "Ids of lessons that come first, of this pack or of the built-in one: [blue-green]",
    "about": "One line for the outline.",
    "objectives": "Which objectives of which exam it serves; leave it empty, as {}, if none.",
    "body": "The text: each line that begins with ## begins a page.",
    "glossary": "Ids of terms that its pages mark, of this pack or of the built-in one.",
    "questions": "Files of questions that stand on its pages; `mlcourse new question ID --lesson LESSON` adds one.",
    "practice": "Files of questions that stand on no page: for practice, reviews and exams.",
    "predictions": "Files of runs to be predicted on its pages; see docs/formats.md.",
    "labs": "A lab lies in a folder that is its id: [my-lab/lab.yaml]. `mlcourse new lab ID` adds one.",
    "incidents": "An incident lies in a folder in the same way; `mlcourse new incident ID` adds one.",
    "sources": SOURCES,
}
_QUESTION = {
    "id": ID,
    "kind": "single, multiple, ordering, matching, numeric, short-text, fix, or case for several about one scenario.",
    "level": "What it asks for: remember, understand, apply, analyse or evaluate.",
    "objectives": "Which objectives of which exam it serves; may be left out.",
    "stem": "The question. Ask for understanding, and for one thing.",
    "exhibit": "What there is to look at first: Markdown, with tables and plots. May be left out.",
    "options": "Mixed when they are shown. Each `why` is shown after the answer, so let it teach by itself.",
    "items": "In the right order; they are mixed when they are shown.",
    "distractors": "Entries that belong to no place; may be left out.",
    "pairs": "Each prompt with its own answer.",
    "decoys": "Answers that belong to no prompt; may be left out.",
    "value": "The right number.",
    "tolerance": "How far off an answer may be.",
    "unit": "Learners may write it or leave it out.",
    "computed": "Other numbers each time: `from` is a function of quiz/computed, `over` what it may be given.",
    "figure": "Which of the figures of that function is the right number.",
    "answers": "Ways to write the answer. For a sentence there are `concepts`: see docs/formats.md.",
    "slips": "Wrong answers that people give, and what to say to each.",
    "lab": "The lab in whose world the plan is tried.",
    "request": "The plan that the learner begins with. It must have something to mend.",
    "keeps": "Operations that must still be sent.",
    "must": "What has to hold of the mended plan; `say` is told where it does not.",
    "solution": "A plan for which all of that holds; shown afterwards.",
    "parts": "Two to four questions about the scenario, each with an id and a key of its own.",
    "hints": "One to three, from a nudge to nearly the solution.",
    "explain": "What to keep, for those who were right as well.",
    "accepts": "The question's own test: answers that must be graded right ...",
    "rejects": "... and answers that must be graded wrong. Give those that people really give.",
}
QUESTIONS = {f"questions.*.{key}": say for key, say in _QUESTION.items()}
_EXERCISE = {
    "id": f"The folder's name. {ID}",
    "revision": REVISION,
    "minutes": "How long somebody needs who is new to it.",
    "brief": "The story and the task, in Markdown. Do not tell what the releases below do.",
    "debrief": "What to keep, shown to whoever has passed.",
    "world": "What there is before anything is sent; docs/formats.md lists all keys.",
    "world.endpoint": "The endpoint, and the configuration that it runs.",
    "world.configs": "CreateEndpointConfig requests that were sent before, as AWS takes them.",
    "world.models": "How long each model takes, how many requests an instance works on at once, how often it fails.",
    "world.workload": "Who asks: requests a second, and how they come.",
    "world.slo": "An answer that takes longer counts as harm.",
    "world.duration_s": "How long a run lasts, in seconds; it must be long enough for the slowest good plan.",
    "world.update_at_s": "When the plan is sent, in seconds.",
    "world.starts_at": "The time of day at which a run begins.",
    "world.timing": "Times that AWS does not publish, where this world has its own.",
    "world.inputs": "What lies in S3 for batch transform.",
    "releases": "What the learner is graded on and does not see: a good version and a bad one at least, or two days.",
    "releases.*.replaces": "Which model of the world is another one in this release.",
    "releases.*.expect": "How a good plan ends here: promoted, rolled-back, or served where nothing is updated.",
    "releases.*.say": "What was the matter, shown with the grade.",
    "goals": "One goal, one lesson. Each must be missed by somebody: the start, a near-miss, or who never looks.",
    "goals.*.measure": "What is measured; docs/measures.md lists all measures with their units.",
    "goals.*.release": "On which release; left out: on all of them.",
    "goals.*.at_least": "What is enough. Leave room: nobody who did it right should fail by a hair.",
    "goals.*.at_most": "What is still enough, in the unit of the measure.",
    "goals.*.in": "In which share of the runs the bound must hold: 0.5 is the typical run.",
    "goals.*.say": "What a good teacher says when it is missed.",
    "goals.*.hints": "From a nudge to nearly the solution.",
}
LAB = {
    **_EXERCISE,
    "start": "The plan that the learner begins with. It must fail.",
    "reference": "Your solution. It must pass, and learners are compared with it.",
    "near_misses": "Mistakes that good people make. Each must fail exactly the goal that it names.",
    "seeds": "Runs for each release. More tell good from lucky, and take longer.",
}
INCIDENT = {
    **_EXERCISE,
    "plan": "What a colleague has sent: an UpdateEndpoint with a rollback alarm.",
    "answers": "For each release one answer that passes. The others fail exactly the goal that they name.",
    "speed": "Simulated seconds a second at the start: 1, 5, 10, 30 or 60.",
}
EXAM = {
    "id": "The file's name.",
    "revision": REVISION,
    "tags": "`lessons`: a question belongs to the lesson that it comes from. Or the id of an exam that questions name.",
    "questions": "How many are drawn, by weight; `mlcourse exam draw` says what is missing.",
    "pass_mark": "On the scale from 100 to 1000.",
    "kinds": "Which kinds of questions it asks.",
    "domains": "What it is about. The weights add up to 100.",
    "domains.*.objectives": "Ids of lessons, each in your own words.",
    "tasks": "Labs that are graded as well: [{lab: ID, domain: ID, counts: 4}], as many right questions as `counts`.",
    "sources": SOURCES,
}
COMMENTS: Mapping[str, Mapping[str, str]] = {
    "course": COURSE,
    "glossary": GLOSSARY,
    "lesson": LESSON,
    "questions": QUESTIONS | {f"questions.*.parts.*.{key}": say for key, say in _QUESTION.items() if key == "stem"},
    "lab": LAB,
    "incident": INCIDENT,
    "exam": EXAM,
}
"""By the kind of file, which is also the name of its schema."""
