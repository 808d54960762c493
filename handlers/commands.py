"""The commands there are: whatever the modules of this package register."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import handlers


def register_all() -> None:
    """Import every module of the package, so that what it decorates stands in the registry."""
    for module in iter_modules(handlers.__path__):
        import_module(f"handlers.{module.name}")
