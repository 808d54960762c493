"""Engines that are opened for one test after another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Dialect, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

import storage.database


@contextmanager
def compiled_once() -> Iterator[None]:
    """Let every engine take over what others of its driver compiled: for each alone that is a fifth of a test's time."""
    known: dict[str, tuple[Dialect, Any]] = {}

    def opened(url: str, **options: Any) -> AsyncEngine:
        made = create_async_engine(url, query_cache_size=10_000, **options)
        engine = made.sync_engine
        if engine.driver in known:
            # statements are kept under the dialect they were compiled for
            engine.dialect, engine._compiled_cache = known[engine.driver]
        else:
            ready = (engine.dialect, engine._compiled_cache)
            event.listen(engine, "engine_connect", lambda _: known.setdefault(engine.driver, ready))
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storage.database.create_async_engine", opened)
        yield


@contextmanager
def named(application: str) -> Iterator[None]:
    """Let the connections of engines made meanwhile call themselves so on PostgreSQL."""
    create = storage.database.create_async_engine

    def opened(url: str, *, connect_args: dict[str, Any], **options: Any) -> AsyncEngine:
        settings = {"server_settings": {"application_name": application}}
        return create(url, connect_args=connect_args | settings, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storage.database.create_async_engine", opened)
        yield
