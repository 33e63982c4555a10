"""Judges FHIR R4 resources, one JSON a line on standard input: by the official JSON schema, by R4's
own rules (rules.py), and by fhir.resources, whose version 6.4 is of R4 (4.0.1). Prints a line a
fault, none where all is well."""

import json
import sys
import xml.etree.ElementTree as ElementTree

import fhir.resources
import jsonschema

import rules

assert fhir.resources.__fhir_version__ == "4.0.1", fhir.resources.__fhir_version__

with open(sys.argv[1], encoding="utf-8") as file:
    DEFINITIONS = json.load(file)["definitions"]
VALIDATORS = {}


def by_schema(kind):
    if kind not in VALIDATORS:
        schema = {"$ref": f"#/definitions/{kind}", "definitions": DEFINITIONS}
        VALIDATORS[kind] = jsonschema.Draft6Validator(schema)
    return VALIDATORS[kind]


def divs(value):
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from [inner] if name == "div" else divs(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from divs(inner)


def narrative_faults(resource):
    for div in divs(resource):
        try:
            tags = {one.tag for one in ElementTree.fromstring(div).iter()}
        except ElementTree.ParseError as error:
            yield f"a narrative is no XML: {error}: {div[:200]}"
            continue
        allowed = {"{http://www.w3.org/1999/xhtml}" + tag for tag in ("div", "p", "ul", "li")}
        if not tags <= allowed:
            yield f"a narrative with {tags - allowed}"


def faults(resource):
    kind = resource.get("resourceType", "none")
    if kind not in DEFINITIONS:
        yield f"{kind}: no such resource"
        return
    for error in by_schema(kind).iter_errors(resource):
        # A resource in a bundle fits none of a long list: what it fails in its own kind says more.
        deepest = jsonschema.exceptions.best_match([error])
        yield f"{kind} at {list(deepest.absolute_path)}: {deepest.message[:300]}"
    yield from rules.faults(resource)
    for entry in resource.get("entry", []) if kind == "Bundle" else []:
        yield from faults(entry["resource"])
    try:
        fhir.resources.construct_fhir_element(kind, resource)
    except Exception as error:  # pydantic's, and those it lets through
        yield f"{kind} by fhir.resources: {error}"


count = 0
for line in sys.stdin:
    count += 1
    resource = json.loads(line)
    for fault in [*faults(resource), *narrative_faults(resource)]:
        print(f"{count}: {fault}")
