"""The files store in a bucket keeps what a folder keeps, over the real protocol."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from hashlib import sha256
from subprocess import DEVNULL, PIPE, Popen

import aiohttp
import pytest

from storage.files import Files, files_at

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


async def test_bytes_come_back_by_their_digest(store: Files) -> None:
    content = "Kế hoạch số 45\0".encode() * 1000
    ref = await store.save(content)
    assert ref == sha256(content).hexdigest()
    assert await store.read(ref) == content
    assert await store.save(content) == ref


@pytest.mark.parametrize("ref", ["../secret", "a" * 63, "", f"{'a' * 64}\n"])
async def test_only_a_digest_is_a_reference(store: Files, ref: str) -> None:
    with pytest.raises(FileNotFoundError):
        await store.read(ref)


async def test_a_bucket_that_is_not_there_is_said_without_its_address(store: Files) -> None:
    nowhere = files_at("s3://no-such-bucket")
    with pytest.raises(OSError, match="files store") as failure:
        await nowhere.save(b"TTr 45")
    assert "127.0.0.1" not in str(failure.value)


async def test_what_is_let_go_of_is_gone(store: Files) -> None:
    ref = await store.save(b"anh co dau")
    await store.delete(ref)
    await store.delete(ref)
    with pytest.raises(FileNotFoundError):
        await store.read(ref)
    with pytest.raises(FileNotFoundError):
        await store.delete("../secret")
