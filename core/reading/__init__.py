"""Reading a notice: from its lines to its directives."""

from core.reading.printed import as_json
from core.reading.reader import read_notice

__all__ = ["as_json", "read_notice"]
