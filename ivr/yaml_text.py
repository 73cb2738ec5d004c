"""YAML as the flows write it: keys are always words, yes and no stay words, and a key given twice is an error."""

import re
from typing import Any

import yaml


class FlowLoader(yaml.SafeLoader):
    """A safe loader in which only true and false are booleans, and 1: is the same key as "1":."""


FlowLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for word in ("true", "false"):
    FlowLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), [word[0]])


def construct_mapping(loader: FlowLoader, node: yaml.MappingNode) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise yaml.constructor.ConstructorError(
                None, None, "a key is a word, not a list or mapping", key_node.start_mark
            )
        key = str(key_node.value)
        if key in found:
            raise yaml.constructor.ConstructorError(
                None, None, f'key "{key}" is given twice; expected once', key_node.start_mark
            )
        found[key] = loader.construct_object(value_node, deep=True)
    return found


FlowLoader.add_constructor("tag:yaml.org,2002:map", construct_mapping)


def parse(text: str) -> Any:
    """Return the data of a YAML text. Raises yaml.YAMLError."""
    return yaml.load(text, Loader=FlowLoader)  # noqa: S506  # FlowLoader is a SafeLoader


def place_and_reason(error: yaml.YAMLError) -> str:
    """Return what is wrong in one line, with the line number when there is one."""
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or str(error).splitlines()[0]
    return f"line {mark.line + 1}: {reason}" if mark else str(reason)
