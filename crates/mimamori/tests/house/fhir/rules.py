"""R4's own rules for each element, and those of the profiles that a resource claims: how many there
must be, and what must hold, said in FHIRPath and judged by fhirpathpy."""

import functools
import json
import os
import re

import fhirpathpy

with open(os.path.join(os.path.dirname(__file__), "r4.rules.json"), encoding="utf-8") as file:
    TYPES = json.load(file)["types"]

JP = "http://jpfhir.jp/fhir/core/StructureDefinition/"
IPS = "http://hl7.org/fhir/uv/ips/StructureDefinition/"
# What the profiles add to R4, of JP Core 1.2 and of the International Patient Summary 2.0.
PROFILES = {
    JP + "JP_Patient": [
        "identifier.exists() and identifier.all(value.exists())",
        "name.all(extension.where(url = 'http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation').count() <= 1)",
    ],
    JP + "JP_Condition": ["subject.exists()"],
    JP + "JP_AllergyIntolerance": ["patient.exists()"],
    JP + "JP_MedicationStatement": ["medicationCodeableConcept.exists()"],
    IPS + "Patient-uv-ips": [
        "name.exists() and name.all(family.exists() or given.exists() or text.exists())",
        "birthDate.exists()",
    ],
    IPS + "Composition-uv-ips": [
        "type.coding.where(system = 'http://loinc.org' and code = '60591-5').exists()",
        "subject.reference.exists()",
        "section.all(title.exists() and code.exists() and text.exists() and section.empty())",
        *(
            f"section.where(code.coding.where(system = 'http://loinc.org' and code = '{code}').exists())"
            ".select(entry.reference.exists() or emptyReason.exists()) = true"
            for code in ("11450-4", "48765-2", "10160-0")
        ),
    ],
    IPS + "Bundle-uv-ips": [
        "type = 'document' and identifier.exists() and timestamp.exists()",
        "entry.all(fullUrl.exists() and search.empty() and request.empty() and response.empty())",
        "entry.resource.where($this is Patient).count() = 1",
        # What a summary demands of resources that do not claim it by themselves.
        "entry.resource.where($this is Condition).all(code.exists() and subject.reference.exists())",
        "entry.resource.where($this is AllergyIntolerance).all(code.exists() and patient.reference.exists())",
        "entry.resource.where($this is Organization).all(name.exists())",
    ],
}
# ref-1 is of references that have one; a display alone is allowed, too. Best practice that is not for refusals and statements, which are read by programs.
NOT_HELD = {("OperationOutcome", "dom-6"), ("CapabilityStatement", "dom-6")}


@functools.cache
def compiled(rule):
    rule = re.sub(r"\.trace\('\w+'(, \w+)?\)", "", rule)
    return fhirpathpy.compile(rule.replace("hasValue()", "exists()"))


def holds(rule, node, resource):
    if rule == "htmlChecks()":  # judge.py reads every narrative itself.
        return True
    outside = {"resource": resource, "rootResource": resource, "context": node}
    return compiled(rule)(node, outside) == [True]


def values(node, name):
    """The values of an element, each with its type where the name says it (`deceasedBoolean`)."""
    if name.endswith("[x]"):
        stem = name[:-3]
        kinds = ((key, key.lstrip("_")) for key in node)
        return [
            (plain[len(stem) :], node[key])
            for key, plain in kinds
            if plain.startswith(stem) and plain[len(stem) : len(stem) + 1].isupper()
        ]
    found = [node[key] for key in (name, "_" + name) if key in node]
    return [(None, one) for some in found for one in (some if isinstance(some, list) else [some])]


def faults(resource):
    kind = resource["resourceType"]
    yield from of_type(resource, kind, kind, resource, kind)
    for profile in resource.get("meta", {}).get("profile", []):
        for rule in PROFILES[profile]:
            if not holds(rule, resource, resource):
                yield f"{kind}: {profile}: {rule}"


def broken(rules, node, resource, where):
    for key, _, rule in rules:
        kind = resource["resourceType"]
        is_asked = (kind, key) not in NOT_HELD and (key != "ref-1" or "reference" in node)
        if is_asked and not holds(rule, node, resource):
            yield f"{where}: {key}: {rule}"


def of_type(node, kind, path, resource, where):
    elements = TYPES[kind]
    if path == kind:
        yield from broken(elements[path].get("constraints", []), node, resource, where)
    for inner, element in elements.items():
        outer, _, name = inner.rpartition(".")
        if outer != path:
            continue
        found = values(node, name)
        if len(found) < element.get("min", 0):
            yield f"{where}: {name} is missing"
        for said, value in found:
            at = f"{where}.{name}"
            yield from broken(element.get("constraints", []), value, resource, at)
            if isinstance(value, dict) and "resourceType" not in value:
                yield from below(value, said, kind, inner, resource, at)


def below(value, said, kind, inner, resource, at):
    """An element with elements of its own, or of a type that has them."""
    if any(other.startswith(inner + ".") for other in TYPES[kind]):
        yield from of_type(value, kind, inner, resource, at)
    else:
        type_of = said or TYPES[kind][inner].get("types", [None])[0]
        if type_of in TYPES:
            yield from of_type(value, type_of, type_of, resource, at)
