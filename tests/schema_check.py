"""Holds the JSON Schemas of config/schema to the configurations: good ones validate, wrong ones are refused.

usage: schema_check.py ROOT

Editors check with these schemas while somebody types, `contract-bridge check` checks with the loader; this keeps the two
of one mind. Every file of the good folders must validate. Of the wrong configurations (tests/data/broken.json, each one
edit of tests/data/example) a schema can see those whose message names a wrong key, a missing key or a wrong type or
word; it cannot see references, places and combinations. The share of each kind that it must refuse is LEAST.
Exit: 0 of one mind, 1 not, 2 a package is missing.
"""

import json
import pathlib
import re
import sys

try:
    import jsonschema
    import yaml
except ImportError as missing:
    sys.exit(f"schema_check.py needs Debian's python3-jsonschema and python3-yaml (bridge/packages.sh tests): {missing}")

GOOD = ["config/example", "config/demo", "config/demo-jira", "tests/data/example", "tests/data/scenarios"]
NAMES = ["bridge", "calendars", "plans", "contracts", "classification", "scenario"]
LEAST = 0.6

# How the loader's messages begin, by what is wrong.
VISIBLE = {
    "wrong key": ("unknown key ",),
    "missing key": ("the key ",),
    "wrong type or word": ("expected ",),
}


class Yaml12(yaml.SafeLoader):
    """YAML 1.2 as editors and the loader read it: `yes`, `2026-03-01` and `12:30` are texts."""

    yaml_implicit_resolvers = {
        letter: [(tag, rule) for tag, rule in rules if tag in ("tag:yaml.org,2002:null", "tag:yaml.org,2002:merge")]
        for letter, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


for tag, pattern, letters in [
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
]:
    Yaml12.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(pattern), list(letters))


def schema_name(path):
    """The schema of a file of a configuration folder, or None."""
    if path.parent.name == "scenarios":
        return "scenario"
    if path.parent.name == "contracts":
        return "contracts"
    return path.stem if path.stem in NAMES else None


def errors_of(validator, text):
    found = sorted(validator.iter_errors(yaml.load(text, Yaml12)), key=lambda error: [str(part) for part in error.path])
    return ["/".join(str(part) for part in error.absolute_path) + ": " + error.message[:200] for error in found]


def check_good(root, validators):
    """Files that must validate; returns how many there are, and what is wrong with them."""
    wrong, count = [], 0
    for folder in GOOD:
        for path in sorted((root / folder).rglob("*.yaml")):
            name = schema_name(path)
            if name is None:
                continue
            count += 1
            text = path.read_text(encoding="utf-8")
            wrong += [f"{path.relative_to(root)}: {error}" for error in errors_of(validators[name], text)]
    return count, wrong


def kind_of(words):
    for kind, beginnings in VISIBLE.items():
        if words.startswith(beginnings):
            return kind
    return None


def check_broken(root, validators):
    """Wrong configurations that a schema can see: by kind the names of those refused and those that slip through."""
    result = {kind: ([], []) for kind in VISIBLE}
    for row in json.loads((root / "tests/data/broken.json").read_text(encoding="utf-8")):
        path = root / "tests/data/example" / row["file"]
        kind, name = kind_of(row["words"]), schema_name(path)
        if kind is None or name is None:
            continue
        text = path.read_text(encoding="utf-8").replace(row["replace"], row["by"], 1)
        try:
            refused = bool(errors_of(validators[name], text))
        except yaml.YAMLError:
            continue  # no tree, so a schema sees nothing
        result[kind][0 if refused else 1].append(row["name"])
    return result


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    root = pathlib.Path(sys.argv[1])
    validators = {}
    for name in NAMES:
        schema = json.loads((root / f"config/schema/{name}.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        validators[name] = jsonschema.Draft202012Validator(schema)

    count, wrong = check_good(root, validators)
    for line in wrong:
        print("a good file is refused: " + line)
    print(f"{count} good files, {len(wrong)} errors")
    failed = bool(wrong) or count < 15
    for kind, (refused, missed) in check_broken(root, validators).items():
        share = len(refused) / max(1, len(refused) + len(missed))
        print(f"{kind}: {len(refused)} of {len(refused) + len(missed)} refused ({share:.0%})")
        for name in missed:
            print("  not refused: " + name)
        failed = failed or share < LEAST
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
