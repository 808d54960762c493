"""Whether the files store can be written and read."""

from __future__ import annotations

import asyncio
import os
import shutil
from pathlib import Path

from bot.doctor_wires import Check
from config.settings import Settings
from storage.files import files_at

_LEAST_FREE = 100_000_000
_PROBE = "Đôn Đốc".encode()


async def files(settings: Settings) -> list[Check]:
    """Look at the folder, or write a few bytes into the bucket and read them: only that shows key and rights."""
    if settings.files_url.startswith("s3://"):
        return [await _bucket(settings.files_url)]
    return [await asyncio.to_thread(_folder, Path(settings.files_url.removeprefix("file:")))]


async def _bucket(url: str) -> Check:
    try:
        store = files_at(url)
        whole = await store.read(await store.save(_PROBE)) == _PROBE
    except OSError as error:
        fix = "Xem tên kho, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, AWS_ENDPOINT_URL."
        return Check("files", False, f"không ghi, đọc được {url} ({error})", fix)
    return Check("files", whole, url, None if whole else "Kho trả về tệp khác với tệp đã ghi.")


def _folder(folder: Path) -> Check:
    there = next((place for place in (folder, *folder.absolute().parents) if place.exists()), folder)
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        return Check("files", False, f"không ghi được vào {folder}", "Cấp quyền ghi, hoặc đổi FILES_URL.")
    free = shutil.disk_usage(there).free
    detail = f"{folder}, đĩa còn {free // 1_000_000} MB"
    return Check("files", free >= _LEAST_FREE, detail, None if free >= _LEAST_FREE else "Dọn bớt đĩa.")
