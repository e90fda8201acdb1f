#!/usr/bin/env python3
"""adf_check.py DUMP SHARED

Judges the documents that the program DUMP prints by Atlassian's own schema of its document format, which lies in
SHARED/jira/openapi and is not ours to copy. Without it nothing is judged, which is said, and the exit code is 77.
"""
import copy
import json
import os
import subprocess
import sys

try:
    import jsonschema
except ImportError as missing:
    sys.exit(f"adf_check.py needs Debian's python3-jsonschema (bridge/packages.sh tests): {missing}")

SKIPPED = 77


def validator_of(path):
    with open(path, encoding="utf-8") as file:
        components = json.load(file)["components"]
    return jsonschema.Draft7Validator({"$ref": "#/components/schemas/adf_doc_node", "components": components})


def wrong_documents(good):
    """A judge that lets these pass judges nothing."""
    for change in (
        lambda doc: doc.pop("version"),
        lambda doc: doc["content"].append({"type": "text", "text": "outside of a paragraph"}),
        lambda doc: doc["content"][0]["content"].append({"type": "text", "text": ""}),
        lambda doc: doc["content"][0]["content"].append({"type": "hologram"}),
        lambda doc: doc["content"][0]["content"].append({"type": "text", "text": "x", "marks": [{"type": "link"}]}),
    ):
        doc = copy.deepcopy(good)
        change(doc)
        yield doc


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    dump, shared = sys.argv[1:]
    path = os.path.join(os.environ.get("CB_SHARED", shared), "jira", "openapi", "jira-cloud-slim.fixed.json")
    if not os.path.exists(path):
        print(f"NOT CHECKED: Jira's documents against Atlassian's schema; {path} is not there")
        return SKIPPED
    documents = json.loads(subprocess.run([dump], check=True, stdout=subprocess.PIPE).stdout)
    validator = validator_of(path)
    passed_wrongly = [doc for doc in wrong_documents(documents[1]) if validator.is_valid(doc)]
    for doc in passed_wrongly:
        print(f"the schema does not refuse {json.dumps(doc)}")
    refused = [doc for doc in documents if not validator.is_valid(doc)]
    for doc in refused[:10]:
        print(f"refused: {json.dumps(doc)[:500]}")
    print(f"{len(documents)} documents judged, {len(refused)} refused")
    return 1 if refused or passed_wrongly else 0


if __name__ == "__main__":
    sys.exit(main())
