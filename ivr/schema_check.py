"""Holds a flow's data against the JSON Schema and says what does not fit in the flow's own words."""

from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError, ValidationError


def schema_problems(flow: str, data: object, schema: Mapping[str, Any]) -> list[str]:
    """Return every place where the data breaks the schema: 'main_line.category: key "12" is not one of ...'."""
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        return [f"flow.schema.json: {error.message}; expected a JSON Schema"]
    found = Draft202012Validator(schema).iter_errors(data)
    return list(dict.fromkeys(in_our_words(flow, error) for error in found))


def in_our_words(flow: str, error: ValidationError) -> str:
    path = [str(part) for part in error.absolute_path]
    place, inside = (f"{flow}.{path[1]}", path[2:]) if path[:1] == ["steps"] and path[1:] else (flow, path)
    return f"{place}: {within(inside)}{what_is_wrong(error)}"


def within(inside: list[str]) -> str:
    return ".".join(inside) + " " if inside else ""


def what_is_wrong(error: ValidationError) -> str:
    schema: Mapping[str, Any] = error.schema if isinstance(error.schema, Mapping) else {}
    value: Any = error.instance
    rule: Any = error.validator_value
    expected = schema.get("title") or f"{error.validator} {rule}"
    match error.validator:
        case "pattern" if "propertyNames" in error.absolute_schema_path:
            return f'{schema.get("title", "name")} "{value}" is not {schema.get("description", rule)}'
        case "required":
            missing = [name for name in rule if name not in value]
            return f"has no {' or '.join(missing)}; expected {expected}"
        case "additionalProperties":
            allowed = schema.get("properties", {})
            extra = ", ".join(f'"{name}"' for name in value if name not in allowed)
            return f"{extra} is not known here; expected one of {', '.join(sorted(allowed))}"
        case "enum":
            return f"is {shown(value)}; expected one of {', '.join(map(str, rule))}"
        case _:
            return f"is {shown(value)}; expected {expected}"


def shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."
