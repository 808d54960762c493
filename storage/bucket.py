"""The files store in a bucket, for many processes: Amazon's S3 or any server that speaks its protocol."""

from __future__ import annotations

import os
from datetime import timedelta
from hashlib import sha256
from typing import Any, Self
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from storage.files import place_of

_ENDPOINT = "AWS_ENDPOINT_URL"
_PATIENCE = timedelta(seconds=30)


class Bucket:
    """Keeps files below one prefix of a bucket. Key, secret, region and endpoint come from the environment (AWS_…)."""

    def __init__(self, store: S3Store) -> None:
        self._store = store

    @classmethod
    def at(cls, url: str) -> Self:
        """Return the store at `s3://bucket/prefix`."""
        split = urlsplit(url)
        plain = os.environ.get(_ENDPOINT, "").startswith("http://")  # a server in one's own machine room
        client: Any = {"timeout": _PATIENCE, "connect_timeout": timedelta(seconds=10), "allow_http": plain}
        retry: Any = {"max_retries": 3, "retry_timeout": _PATIENCE}
        return cls(
            S3Store(split.netloc, prefix=split.path.strip("/") or None, client_options=client, retry_config=retry)
        )

    async def save(self, content: bytes) -> str:
        """Keep these bytes and return their reference."""
        ref = sha256(content).hexdigest()
        await self._put(ref, content)
        return ref

    async def read(self, ref: str) -> bytes:
        """Return the bytes of a reference."""
        place = place_of(ref)
        try:
            found = await obstore.get_async(self._store, place)
            return bytes(await found.bytes_async())
        except FileNotFoundError:
            raise FileNotFoundError(ref) from None
        except BaseError as error:
            raise OSError(_named(error)) from None

    async def delete(self, ref: str) -> None:
        """Keep the bytes of a reference no longer, whether they were kept or not."""
        place = place_of(ref)
        try:
            await obstore.delete_async(self._store, place)
        except FileNotFoundError:
            return
        except BaseError as error:
            raise OSError(_named(error)) from None

    async def _put(self, ref: str, content: bytes) -> None:
        try:
            await obstore.put_async(self._store, place_of(ref), content)
        except (BaseError, FileNotFoundError) as error:  # no such bucket is a file not found
            raise OSError(_named(error)) from None


def _named(error: Exception) -> str:
    """Return what went wrong without the address: the library's own words quote whole requests."""
    return f"the files store did not answer: {type(error).__name__}"
