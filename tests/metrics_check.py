#!/usr/bin/env python3
"""metrics_check.py METRICS ALERTS DASHBOARD

The alert rules and the dashboard name only metrics and labels that the service tells: METRICS is
what it told in its test (tests/bridge/web/metrics_test.cpp). And the other way: every metric stands in one of them.
"""
import json
import re
import sys

try:
    import yaml
except ImportError as missing:
    sys.exit(f"metrics_check.py needs Debian's python3-yaml (bridge/packages.sh tests): {missing}")

NAME = re.compile(r"contract_bridge_[a-z0-9_]+")
SELECTED = re.compile(r"(contract_bridge_[a-z0-9_]+)(?:\{([^}]*)\})?")
WANTED_ALERTS = ("Blind", "Behind", "WritesFail", "WritingStopped", "ParkedGrows", "UndecidedGrows", "ClockSkew",
                 "NotificationsFail")


def told_by(path):
    """The names of metrics with the labels that each has."""
    told = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("#"):
                continue
            name, labels = re.match(r"([a-z0-9_]+)(?:\{(.*)\})? ", line).groups()
            told.setdefault(name, set()).update(re.findall(r"([a-z_]+)=\"", labels or ""))
    return told


def alerts_of(path):
    with open(path, encoding="utf-8") as file:
        tree = yaml.safe_load(file)
    rules = [rule for group in tree["groups"] for rule in group["rules"]]
    for rule in rules:
        if set(rule) - {"alert", "expr", "for", "labels", "annotations"} or not {"alert", "expr"} <= set(rule):
            yield rule.get("alert"), "", "has keys that Prometheus does not know, or too few"
        for needed in ("summary", "description"):
            if not rule["annotations"].get(needed):
                yield rule["alert"], "", f"has no {needed}"
        if not re.fullmatch(r"[0-9]+[smhd]", rule.get("for", "1m")):
            yield rule["alert"], "", "has no duration in `for`"
        # `a == 0 and b > 900` has the value of a: always 0.
        told = " ".join(rule["annotations"].values())
        if "$value" in told and re.match(r"[^>]*==", rule["expr"]):
            yield rule["alert"], "", "tells a value that is always the same: its left side compares with =="
        yield rule["alert"], rule["expr"], ""
    for wanted in WANTED_ALERTS:
        if not any(wanted in rule["alert"] for rule in rules):
            yield wanted, "", "is missing among the alerts"


def queries_of(path):
    with open(path, encoding="utf-8") as file:
        tree = json.load(file)
    for variable in tree["templating"]["list"]:
        yield variable["name"], variable.get("query", ""), ""
    for panel in tree["panels"]:
        for target in panel["targets"]:
            yield panel["title"], target["expr"], ""


def problems_of(expression, told):
    if expression.count("(") != expression.count(")") or expression.count("{") != expression.count("}"):
        yield "has brackets that are not closed"
    for name, labels in SELECTED.findall(expression):
        if name not in told:
            yield f"names {name}, which is not told"
            continue
        for label in re.findall(r"([a-z_]+)\s*(?:=~|!~|!=|=)", labels):
            if label not in told[name]:
                yield f"asks {name} for the label {label}, which it does not have"
    for group in re.findall(r"by \(([a-z_, ]+)\)", expression):
        for label in group.split(", "):
            if not any(label in told.get(name, ()) for name in NAME.findall(expression)):
                yield f"sums by {label}, which no metric in it has"


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    told = told_by(sys.argv[1])
    wrong = []
    named = set()
    checked = 0
    for source in (alerts_of(sys.argv[2]), queries_of(sys.argv[3])):
        for place, expression, problem in source:
            checked += 1
            named |= set(NAME.findall(expression))
            wrong += [f"{place}: {text}" for text in ([problem] if problem else problems_of(expression, told))]
    wrong += [f"{name} is told, and stands in neither file" for name in sorted(set(told) - named)]
    # A check that lets these pass checks nothing.
    for bad in ("contract_bridge_nothing > 1", 'contract_bridge_ready{tracker="x"}', "sum(contract_bridge_ready",
                "sum by (issue) (contract_bridge_issues_open)"):
        if not list(problems_of(bad, told)):
            wrong.append(f"not refused: {bad}")
    for line in wrong:
        print(line)
    print(f"{len(told)} metrics, {checked} expressions, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
