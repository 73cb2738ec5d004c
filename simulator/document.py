"""Reads an answer into a TwiML document, or says why Twilio could not."""

import re
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from simulator import grammar
from simulator.faults import BODY_TOO_LARGE, NOT_WELL_FORMED, WRONG_CONTENT_TYPE, TwimlError
from simulator.node import Node
from simulator.parcel import Answer

LARGEST_BODY = 64 * 1024  # bytes
XML_TYPES = {"text/xml", "application/xml"}
UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True)
class Document:
    """TwiML and where it came from; `url` is empty for TwiML given inline through REST."""

    root: Node
    url: str
    use: str = "call"


def read(answer: Answer, url: str, use: str) -> Document:
    """Return the document in an answer; TwimlError when Twilio would refuse it or warn."""
    kind = answer.content_type.split(";")[0].strip().lower()
    if len(answer.body) > LARGEST_BODY:
        raise TwimlError(BODY_TOO_LARGE, url, f"{len(answer.body)} bytes", "at most 64 kB")
    if kind not in XML_TYPES:
        raise TwimlError(WRONG_CONTENT_TYPE, url, answer.content_type, "text/xml or application/xml")
    return parse(answer.body, url, use)


def parse(body: bytes, url: str, use: str = "call") -> Document:
    where = url or "inline Twiml"
    if not body.startswith(b"<"):
        expected = "XML from the first byte: no blank, no BOM, not empty"
        raise TwimlError(NOT_WELL_FORMED, where, repr(body[:20]), expected)
    if b"<!DOCTYPE" in body:
        raise TwimlError(NOT_WELL_FORMED, where, "<!DOCTYPE", "TwiML without a document type")
    try:
        tree = ET.fromstring(body)  # noqa: S314 - our own product's document, and a DOCTYPE is refused above
    except ET.ParseError as error:
        raise TwimlError(NOT_WELL_FORMED, where, str(error), "well-formed XML") from error
    root = to_node(tree, f"{where} {tree.tag}")
    grammar.check(root, use)
    return Document(root, url, use)


def to_node(element: ET.Element, place: str) -> Node:
    """Return the element with numbered places, such as Response/Gather[2]/Say[1]."""
    children = tuple(to_node(child, f"{place}/{child.tag}[{i}]") for i, child in enumerate(element, start=1))
    own = (element.text or "") + "".join(child.tail or "" for child in element)
    attributes = {name.replace("{http://www.w3.org/XML/1998/namespace}", "xml:"): v for name, v in element.items()}
    for value in (own, *attributes.values()):
        if UNSPEAKABLE.search(value):
            raise TwimlError(NOT_WELL_FORMED, place, value, "text without control characters")
    return Node(element.tag, attributes, own, "".join(element.itertext()), children, place)
