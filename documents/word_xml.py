"""The XML of Word files, read without entities, network or huge trees."""

from lxml import etree

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
NAMES = {"w": WORD}


def parser() -> etree.XMLParser:
    """A parser that expands nothing and fetches nothing."""
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)


def local(element: etree._Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def value(element: etree._Element, name: str = "val") -> str | None:
    """An attribute of the Word namespace."""
    found = element.get(f"{{{WORD}}}{name}") or element.get(f"{{{STRICT}}}{name}")
    return str(found) if found is not None else None
