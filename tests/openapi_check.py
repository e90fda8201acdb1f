#!/usr/bin/env python3
"""openapi_check.py DOCUMENT DUMP

Judges the answers of the API's tests (DUMP, one JSON object a line, see tests/bridge/web/web_world.cpp) by the OpenAPI
document: each must be documented, and be as documented. And the other way: each route has its place in the document,
each documented path its route, and each documented answer was seen. What tests asked outside of the documented paths
is left out, but for its words: below /api/ an error is a problem.
"""
import copy
import json
import re
import sys

try:
    import jsonschema
    import yaml
except ImportError as missing:
    sys.exit(f"openapi_check.py needs Debian's python3-jsonschema and python3-yaml (bridge/packages.sh tests): {missing}")

PROBLEM = "application/problem+json"


class Document:
    def __init__(self, text):
        self.tree = yaml.safe_load(text)
        self.paths = {}
        for path in self.tree["paths"]:
            self.paths[path] = re.compile("^" + re.sub(r"\\{[a-z_]+\\}", "[^/]+", re.escape(path)) + "$")

    def path_of(self, asked):
        fitting = [path for path, pattern in self.paths.items() if pattern.match(asked)]
        return fitting[0] if fitting else None

    def resolved(self, node):
        while "$ref" in node:
            at = self.tree
            for part in node["$ref"].removeprefix("#/").split("/"):
                at = at[part]
            node = at
        return node

    def errors(self, schema, value):
        whole = {**schema, "components": self.tree["components"]}
        found = jsonschema.Draft202012Validator(whole).iter_errors(value)
        return [f"{error.json_path}: {error.message[:300]}" for error in found]

    def operations(self):
        for path, item in self.tree["paths"].items():
            for method in ("get", "post", "put", "delete"):
                if method in item:
                    yield path, method, item[method]


def value_of(answer, kind):
    return json.loads(answer["body"]) if kind.endswith("json") else answer["body"]


def judged(document, answer, seen):
    """What is wrong with an answer, and notes what was seen of the document."""
    path = document.path_of(answer["path"])
    method = {"HEAD": "get"}.get(answer["method"], answer["method"].lower())
    kind = answer["content_type"].split(";")[0]
    operation = document.tree["paths"][path].get(method) if path else None
    if operation is None:
        if answer["path"].startswith("/api/") and kind != PROBLEM:
            return [f"{kind} where the API's words were expected"]
        return []
    responses = operation["responses"]
    status = str(answer["status"])
    status = status if status in responses else "default"
    # Without a configuration nothing is answered: the one answer that stands before all routes.
    if status not in responses:
        return [] if answer["body"].startswith("The service is starting") else ["this status is not documented"]
    content = document.resolved(responses[status])["content"]
    if kind not in content:
        if answer["body"].startswith("The service is starting"):
            return []
        return [f"{kind} is not documented for {status}"]
    seen.add((path, method, status, kind))
    wrong = document.errors(content[kind]["schema"], value_of(answer, kind))
    if kind == PROBLEM and json.loads(answer["body"]).get("status") != answer["status"]:
        wrong.append("the status in the body is another one")
    body = operation.get("requestBody")
    if body and answer["status"] == 200:
        wrong += document.errors(body["content"]["application/json"]["schema"], json.loads(answer["request"]))
    return wrong


def missed(document, routes, seen):
    documented = {(method.upper(), path) for path, method, _ in document.operations()}
    served = {(method, path) for method, path in routes if path.startswith("/api/") or ("GET", path) in documented}
    for method, path in sorted(served - documented):
        yield f"{method} {path} is served and not documented"
    for method, path in sorted(documented - served):
        yield f"{method} {path} is documented and not served"
    for path, method, operation in document.operations():
        for status, response in operation["responses"].items():
            for kind in document.resolved(response)["content"]:
                if (path, method, status, kind) not in seen:
                    yield f"{method.upper()} {path}: the answer {status} as {kind} was never seen"


def passed_wrongly(document, answers):
    """A judge that lets these pass judges nothing."""
    good = next(a for a in answers if a["status"] == 200 and document.path_of(a["path"]) == "/api/v1/issues/{tracker}/{id}")
    for change in (
        lambda body: body.pop("decision"),
        lambda body: body.update(more=1),
        lambda body: body["decision"].update(billing="cheap"),
        lambda body: body["decision"]["reasons"].append("because"),
        lambda body: body["ledger"][0].update(at="yesterday"),
    ):
        answer = copy.deepcopy(good)
        body = json.loads(answer["body"])
        change(body)
        answer["body"] = json.dumps(body)
        if not judged(document, answer, set()):
            yield f"not refused: {answer['body'][:200]}"


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        text = file.read()
    document = Document(text)
    with open(sys.argv[2], encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    answers = [line for line in lines if "status" in line]
    routes = [route for line in lines if "routes" in line for route in line["routes"]]
    seen = set()
    wrong = []
    for schema in document.tree["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
    for answer in answers:
        for error in judged(document, answer, seen):
            wrong.append(f"{answer['method']} {answer['path']} {answer['status']}: {error}")
    wrong += missed(document, routes, seen)
    wrong += passed_wrongly(document, answers)
    served = next(a for a in answers if a["path"].endswith("/openapi.json") and a["status"] == 200)
    if json.loads(served["body"]) != document.tree:
        wrong.append("openapi.json is not what openapi.yaml says")
    for line in wrong[:40]:
        print(line)
    print(f"{len(answers)} answers judged, {len(seen)} documented answers seen, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
