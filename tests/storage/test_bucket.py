"""The files store in a bucket keeps what a folder keeps, over the real protocol."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Iterator
from hashlib import sha256
from subprocess import DEVNULL, PIPE, Popen

import aiohttp
import pytest

from storage.files import Files, TooLong, files_at

_SERVER = (
    "from moto.server import ThreadedMotoServer\n"
    "import sys\n"
    "server = ThreadedMotoServer('127.0.0.1', 0, verbose=False)\n"
    "server.start()\n"
    "print('port', server.get_host_and_port()[1], flush=True)\n"
    "sys.stdin.read()\n"
)
REGION = "ap-southeast-1"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """A server that speaks S3, in a process of its own."""
    with Popen(
        [sys.executable, "-W", "ignore", "-c", _SERVER], stdin=PIPE, stdout=PIPE, stderr=DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        port = next(found[1] for line in server.stdout if (found := re.match(r"port (\d+)", line)))
        yield f"http://127.0.0.1:{port}"
        server.terminate()


@pytest.fixture
async def store(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Files:
    """An empty place in a bucket."""
    for name, value in {
        "AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_REGION": REGION,
        "AWS_ENDPOINT_URL": endpoint,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    place = f"<CreateBucketConfiguration><LocationConstraint>{REGION}</LocationConstraint></CreateBucketConfiguration>"
    async with aiohttp.ClientSession() as session, session.put(f"{endpoint}/van-ban", data=place) as made:
        assert made.status in {200, 409}
    return files_at("s3://van-ban/don/doc")


async def in_pieces(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 70_000):
        yield content[start : start + 70_000]
        await asyncio.sleep(0)


async def test_bytes_come_back_by_their_digest(store: Files) -> None:
    content = "Kế hoạch số 45\0".encode() * 1000
    ref = await store.save(content)
    assert ref == sha256(content).hexdigest()
    assert await store.read(ref) == content
    assert await store.save(content) == ref


async def test_what_comes_in_pieces_is_kept_whole(store: Files) -> None:
    content = bytes(range(256)) * 12_000
    kept = await store.take(in_pieces(content), limit=len(content))
    assert (kept.ref, kept.size) == (sha256(content).hexdigest(), len(content))
    assert await store.read(kept.ref) == content


async def test_one_byte_too_many_keeps_nothing(store: Files) -> None:
    content = b"x" * 200_000
    with pytest.raises(TooLong):
        await store.take(in_pieces(content), limit=len(content) - 1)
    with pytest.raises(FileNotFoundError):
        await store.read(sha256(content).hexdigest())


@pytest.mark.parametrize("ref", ["../secret", "a" * 63, "", f"{'a' * 64}\n"])
async def test_only_a_digest_is_a_reference(store: Files, ref: str) -> None:
    with pytest.raises(FileNotFoundError):
        await store.read(ref)


async def test_a_bucket_that_is_not_there_is_said_without_its_address(store: Files) -> None:
    nowhere = files_at("s3://no-such-bucket")
    with pytest.raises(OSError, match="files store") as failure:
        await nowhere.save(b"TTr 45")
    assert "127.0.0.1" not in str(failure.value)
