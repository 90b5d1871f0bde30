"""Rules of composite alarms, their limits and their circles."""

from __future__ import annotations

import itertools
import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.cloudwatch.composite.rule import (
    MAX_CHILDREN,
    MAX_ELEMENTS,
    MAX_LENGTH,
    cycle,
    in_order,
    needs_parentheses,
    parse_rule,
    problems,
)
from engine.cloudwatch.composite.syntax import RuleError
from engine.requests.cloudwatch import AlarmState, CompositeAlarm

STATES = get_args(AlarmState)
ARN = "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:"
ALARMED = {"a": "ALARM", "b": "OK", "c": "INSUFFICIENT_DATA", "d": "ALARM", "two words, (really)": "ALARM"}


def composite(name, rule, **more):
    """Return a composite alarm."""
    return CompositeAlarm(alarm_name=name, alarm_rule=rule, **more)


@pytest.mark.parametrize(
    "rule, state",
    [
        ("ALARM(a)", "ALARM"),
        ("ALARM(b)", "OK"),
        ("OK(b)", "ALARM"),
        ("INSUFFICIENT_DATA(c)", "ALARM"),
        ("TRUE", "ALARM"),
        ("FALSE", "OK"),
        ("NOT FALSE", "ALARM"),
        ("NOT NOT ALARM(a)", "ALARM"),
        ("ALARM(a) AND NOT ALARM(b)", "ALARM"),
        ("ALARM(b) OR ALARM(c)", "OK"),
        ("(NOT (INSUFFICIENT_DATA(\"b\")))", "ALARM"),
        ('ALARM("a") AND ALARM( "d" )', "ALARM"),
        ('ALARM("two words, (really)")', "ALARM"),
        (f"ALARM({ARN}a)", "ALARM"),
        (f'ALARM("{ARN}two words, (really)")', "ALARM"),
        ("ALARM( a )\tAND\n OK(b)", "ALARM"),
        ("AT_LEAST(2, ALARM, (a, b, d))", "ALARM"),
        ("AT_LEAST(3, ALARM, (a, b, d))", "OK"),
        ("AT_LEAST(50%, OK, (a, b))", "ALARM"),
        ("AT_LEAST(51%, OK, (a, b))", "OK"),
        ("AT_LEAST(2, NOT ALARM, (a, b, c))", "ALARM"),
        ("AT_LEAST(60%, NOT OK, (\"a\", \"b\", \"c\"))", "ALARM"),
        ("AT_LEAST(100%, INSUFFICIENT_DATA, (c))", "ALARM"),
        ("AT_LEAST(2, ALARM, (a, b, d)) AND (OK(b) OR FALSE)", "ALARM"),
    ],
)  # fmt: skip
def test_rules(rule, state):
    """Each function, operator and spelling of spec cloudwatch 9."""
    assert parse_rule(rule).state(ALARMED) == state


def test_escaped_quotes():
    """Inside a quoted name a backslash stands before a quote or a backslash."""
    assert parse_rule(r'ALARM("say \"hi\" \\o/")').children == ('say "hi" \\o/',)


@pytest.mark.parametrize("name", ["AND", "TRUE", "ALARM", "a:b", "50%", "v2-errors", "ärger"])
def test_any_word_can_be_a_name(name):
    """Words of the grammar are names where a name stands."""
    assert parse_rule(f"ALARM({name})").children == (name,)


def test_children_are_named_once():
    """Children come in order of appearance, by name, each once."""
    rule = f'OK(b) AND (ALARM("{ARN}a") OR AT_LEAST(1, ALARM, (c, b)))'

    assert parse_rule(rule).children == ("b", "a", "c")


def rules(children):
    """Join smaller rules into larger ones, with and without parentheses."""
    pairs = st.tuples(children, st.sampled_from(["AND", "OR"]), children).map(" ".join)
    return pairs | children.map("NOT {}".format) | children.map("({})".format)


leaves = st.sampled_from(["TRUE", "FALSE", *(f"{state}({name})" for state in STATES for name in "abc")])


@given(st.recursive(leaves, rules, max_leaves=12), st.tuples(*[st.sampled_from(STATES)] * 3))
def test_rules_mean_what_python_makes_of_them(rule, states):
    """Python's own parser agrees: NOT before AND before OR, and parentheses first."""
    known = dict(zip("abc", states, strict=True))
    words = {"AND": "and", "OR": "or", "NOT": "not", "TRUE": "True", "FALSE": "False"}
    python = re.sub(r"(ALARM|OK|INSUFFICIENT_DATA)\((\w)\)", r"(known['\2'] == '\1')", rule)
    python = re.sub(r"\b(AND|OR|NOT|TRUE|FALSE)\b", lambda word: words[word[0]], python)

    assert (parse_rule(rule).state(known) == "ALARM") == eval(python, {"known": known})


@given(
    st.integers(1, 5),
    st.sampled_from(STATES),
    st.booleans(),
    st.lists(st.sampled_from(STATES), min_size=1, max_size=5),
)
def test_at_least_counts(minimum, state, negated, states):
    """AT_LEAST is the OR over all groups of so many alarms of their AND."""
    known = {f"x{i}": each for i, each in enumerate(states)}
    text = f"AT_LEAST({minimum}, {'NOT ' * negated}{state}, ({', '.join(known)}))"
    groups = itertools.combinations(known.values(), minimum)
    expected = any(all((each == state) != negated for each in group) for group in groups)

    assert (parse_rule(text).state(known) == "ALARM") == expected


@pytest.mark.parametrize(
    "rule, mixed",
    [
        ("ALARM(a) AND ALARM(b) OR ALARM(c)", True),
        ("ALARM(a) OR ALARM(b) AND ALARM(c)", True),
        ("(ALARM(a)) AND ALARM(b) OR ALARM(c)", True),
        ("NOT (ALARM(a) AND OK(b) OR OK(c))", True),
        ("(ALARM(a) AND ALARM(b)) OR ALARM(c)", False),
        ("ALARM(a) AND (ALARM(b) OR ALARM(c))", False),
        ("ALARM(a) AND ALARM(b) AND ALARM(c)", False),
        ("ALARM(a) OR NOT ALARM(b) OR ALARM(c)", False),
        ("ALARM(a)", False),
    ],
)
def test_needs_parentheses(rule, mixed):
    """Only a rule with AND beside OR depends on their precedence, which AWS does not publish."""
    assert needs_parentheses(rule) == mixed


@pytest.mark.parametrize(
    "rule, say",
    [
        ("ALARM(a", r"at character 8: expected '\)', found the end"),
        ("ALARM(a b)", r"at character 9: expected '\)', found 'b'"),
        ("ALARM()", r"at character 7: expected the name of an alarm, found '\)'"),
        ('ALARM("")', "at character 7: expected the name of an alarm"),
        ('ALARM("a)', "at character 7: a name in quotes must end with a quote"),
        ("alarm(a)", r"at character 1: expected ALARM\(...\)"),
        ("a", "at character 1: expected ALARM"),
        ("ALARM(a) AND", "at character 13: expected ALARM.*found the end"),
        ("ALARM(a) ALARM(b)", "at character 10: expected AND, OR or the end, found 'ALARM'"),
        ("ALARM(a) && ALARM(b)", "at character 10: expected AND, OR or the end, found '&&'"),
        ("()", "at character 2: expected ALARM"),
        ("AT_LEAST(0, ALARM, (a))", "at character 10: expected how many alarms, such as 2 or 50%, found '0'"),
        ("AT_LEAST(101%, ALARM, (a))", "at character 10: expected how many"),
        ("AT_LEAST(1.5, ALARM, (a))", "at character 10: expected how many"),
        ("AT_LEAST(1, BAD, (a))", "at character 13: expected ALARM, OK or INSUFFICIENT_DATA"),
        ("AT_LEAST(1, ALARM, a)", r"at character 20: expected '\('"),
        ("AT_LEAST(1, ALARM, ())", "at character 21: expected the name"),
        ("AT_LEAST(2, ALARM(a), ALARM(b))", "at character 18: expected ','"),
        ("", "has 1 to 10240 characters, this one has 0"),
        (" ", "must not contain leading or trailing whitespace"),
        (" ALARM(a)", "must not contain leading or trailing whitespace"),
        ("ALARM(a) OR\nALARM(b)\n", "must not contain leading or trailing whitespace"),
        ("(" * 100 + "TRUE", "nested more than 100 deep"),
        ("(TRUE) OR NOT TRUE OR " * 9 + "(" * 100 + "TRUE", "nested more than 100 deep"),
        ("NOT " * 101 + "TRUE", "nested more than 100 deep"),
    ],
)
def test_where_a_rule_goes_wrong(rule, say):
    """A wrong rule is refused with the character and what was expected there."""
    with pytest.raises(RuleError, match=say):
        parse_rule(rule)


@given(st.lists(st.sampled_from(["ALARM", "OK", "NOT", "AND", "OR", "AT_LEAST", "(", ")", ",", "2", "a", '"', " "])))
def test_any_text_is_read_or_refused(parts):
    """No text makes the parser fail in another way."""
    try:
        parse_rule("".join(parts))
    except RuleError as error:
        assert "character" in str(error) or "whitespace" in str(error)


@pytest.mark.parametrize(
    "rule, answer",
    [
        ("()", "Error in AlarmRule [Unsupported token ')' at char 1]"),  # aws/aws-cdk#34662
        (
            "ALARM(Queue Oldest Age)",
            "Error in AlarmRule [Unsupported token 'Oldest' at char 12, must be: ')']",
        ),  # 13953
        ("TRUE\n", "AlarmRule must not contain leading or trailing whitespace or be null"),  # terraform, 19575
        ("ALARM(", ""),  # nobody printed what AWS says of a rule that ends too early
    ],
)
def test_what_aws_says_of_a_rule(rule, answer):
    """Its own words, as far as users have printed them; it counts characters from 0."""
    with pytest.raises(RuleError) as refused:
        parse_rule(rule)

    assert refused.value.answer == answer


def joined(operator, conditions):
    """Write conditions with an operator between them."""
    return f" {operator} ".join(conditions)


def test_at_most_a_hundred_children():
    """A rule asks about up to 100 different alarms (spec cloudwatch 9)."""
    alarms = [f"ALARM(x{i})" for i in range(MAX_CHILDREN + 1)]

    assert len(parse_rule(joined("OR", alarms[:-1])).children) == 100
    with pytest.raises(RuleError, match="may ask about 100 alarms, this one asks about 101"):
        parse_rule(joined("OR", alarms))


def test_at_most_five_hundred_elements():
    """Alarms, TRUE, FALSE and pairs of parentheses count up to 500 (spec cloudwatch 9)."""
    pairs = ["(TRUE)"] * (MAX_ELEMENTS // 2)

    assert parse_rule(joined("OR", pairs)).parsed.elements == 500
    with pytest.raises(RuleError, match=r"may have 500 elements.*this one has 501"):
        parse_rule(joined("OR", [*pairs, "FALSE"]))


@pytest.mark.parametrize(
    "rule, elements",
    [("ALARM(a)", 1), ("NOT OK(a) AND (ALARM(a) OR TRUE)", 4), ("AT_LEAST(1, OK, (a, b, c))", 3)],
)
def test_what_counts_as_an_element(rule, elements):
    """Every mention of an alarm counts, and a pair of parentheses around conditions counts once."""
    assert parse_rule(rule).parsed.elements == elements


def test_ninety_nine_parentheses_are_fine():
    """A rule may be nested up to the limit, as often as it likes."""
    deep = "(" * 99 + "TRUE" + ")" * 99

    assert parse_rule(f"{deep} OR {deep}").state({}) == "ALARM"


def test_at_most_10240_characters():
    """A rule is 1 to 10240 characters long (spec cloudwatch 9)."""
    assert parse_rule(f"TRUE{'OR TRUE':>{MAX_LENGTH - 4}}").state({}) == "ALARM"
    with pytest.raises(RuleError, match="this one has 10241"):
        parse_rule(f"TRUE{'OR TRUE':>{MAX_LENGTH - 3}}")


@pytest.mark.parametrize(
    "alarm, say",
    [
        (composite("up", "ALARM(a) AND OK(b)"), ()),
        (composite("up", "ALARM(a)", actions_suppressor="b"), ()),
        (composite("up", "ALARM(a)", actions_suppressor=ARN + "b"), ()),
        (composite("up", "ALARM(x) OR ALARM(a)"), ("Alarm 'x' does not exist; known: a, b.",)),
        (composite("up", "ALARM(a)", actions_suppressor="x"), ("Alarm 'x' does not exist; known: a, b.",)),
        (composite("up", "ALARM(up)"), ("AlarmRule asks about 'up' itself.",)),
        (composite("up", "ALARM("), ("AlarmRule at character 7: expected the name of an alarm, found the end.",)),
    ],
)
def test_problems(alarm, say):
    """Children and suppressor must exist, and no alarm asks about itself (spec cloudwatch 9)."""
    assert problems(alarm, {"a", "b"}) == say


def test_children_come_first():
    """Composite alarms are put in an order in which each finds its children evaluated."""
    alarms = [
        composite("top", "ALARM(left) OR OK(right)"),
        composite("left", "ALARM(right)"),
        composite("right", "OK(m)"),
    ]

    assert [alarm.alarm_name for alarm in in_order(alarms)] == ["right", "left", "top"]
    assert cycle(alarms) == ()


def test_circles_are_found():
    """A circle is reported as a path that closes, and refuses an order (spec cloudwatch 9)."""
    alarms = [composite("a", "ALARM(b)"), composite("b", "NOT OK(c) OR TRUE"), composite("c", "ALARM(a)")]
    rules = {alarm.alarm_name: parse_rule(alarm.alarm_rule) for alarm in alarms}
    path = cycle([*alarms, composite("d", "ALARM(a)")])

    assert path[0] == path[-1]
    assert all(child in rules[parent].children for parent, child in itertools.pairwise(path))
    with pytest.raises(RuleError, match=r"in a circle: \w -> \w -> \w -> \w"):
        in_order(alarms)


def test_a_circle_is_broken_by_false():
    """Setting one rule to FALSE breaks the circle (spec cloudwatch 9)."""
    assert cycle([composite("a", "ALARM(b)"), composite("b", "FALSE")]) == ()
