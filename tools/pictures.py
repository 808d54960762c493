#!/usr/bin/env python3
"""Plays notice 718's story on the demo page in a headless Chromium and takes the pictures of docs/pictures.

Usage: .venv/bin/python tools/pictures.py [FOLDER]; with `--told` the whole conversation is written out as well.
`CHROMIUM` names a browser.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

WIDE = (1280, 840)
PHONE = (360, 920)
CLERK, CHIEF, HEAD, DIRECTOR = (f"SCT:{key}" for key in ("th", "cvp", "tp-qltm", "gd"))


@contextmanager
def demonstration() -> Iterator[str]:
    """Run the demo on a free port and give its address."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--port", "0"],
        cwd=Path(__file__).parents[1],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            yield line.split()[-1].rstrip("/")
        finally:
            process.terminate()


class Story:
    """One browser window in which every person speaks in turn."""

    def __init__(self, browser: Browser, address: str, folder: Path) -> None:
        self._browser = browser
        self._address = address
        self._folder = folder
        self._page = self._window(WIDE)
        self._page.set_default_timeout(15_000)

    def _window(self, size: tuple[int, int], scale: float = 1) -> Page:
        context = self._browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            device_scale_factor=scale,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            reduced_motion="reduce",
        )
        return context.new_page()

    def be(self, chat: str) -> None:
        """Become a person."""
        self._page.goto(f"{self._address}/chat/{chat}")

    @contextmanager
    def _hearing(self, words: str) -> Iterator[None]:
        """Do something and wait until one more message of the bot says this."""
        heard = self._page.locator("article.theirs").filter(has_text=words)
        before = heard.count()
        yield
        expect(heard.nth(before)).to_be_visible()

    def says(self, text: str, answer: str) -> None:
        """Type a message and wait for the answer."""
        with self._hearing(answer):
            self._page.locator("#text").fill(text)
            self._page.keyboard.press("Enter")

    def sends_the_sample(self, answer: str) -> None:
        """Send the notice that lies ready and wait for what is read from it."""
        with self._hearing(answer):
            self._page.locator("button.sample").click()

    def moves_the_clock(self, moment: str, answer: str) -> None:
        """Move business time forward to a local moment and wait for what is then said."""
        with self._hearing(answer):
            self._page.locator("#moment").fill(moment)
            self._page.locator("form.moment button").click()

    def picture(self, name: str, chat: str, size: tuple[int, int], first: str | None = None) -> None:
        """Take a picture of a conversation, its end in sight or the message that says `first` at the top."""
        page = self._window(size, 1.4 if size is PHONE else 1)
        page.goto(f"{self._address}/chat/{chat}")
        expect(page.locator("article").last).to_be_visible()
        if first is not None:
            found = page.locator("article").filter(has_text=first).first
            found.evaluate("(it) => { it.closest('.log').scrollTop += it.getBoundingClientRect().top - 110; }")
        page.wait_for_timeout(300)
        path = self._folder / f"{name}.png"
        page.screenshot(path=path)
        page.context.close()
        sys.stdout.write(f"{path}: {path.stat().st_size // 1024} kB\n")

    def told(self, chat: str) -> None:
        """Print a whole conversation."""
        self.be(chat)
        sys.stdout.write(f"\n===== {chat}\n")
        for article in self._page.locator("article").all():
            sys.stdout.write(f"--- {article.get_attribute('class')}\n{article.inner_text()}\n")


def play(story: Story) -> None:
    """Go through 718's story as its people would."""
    story.be(CLERK)
    story.sends_the_sample("10 mục đọc được")
    story.picture("clerk", CLERK, PHONE, first="notice-718.docx")
    story.says("sua 3.2", "175/QĐ-SCT")
    story.says("2 khtcth", "Đã ghi 3.2")
    story.says("trinh", "Đã chuyển Chánh Văn phòng")
    story.be(CHIEF)
    story.says("xin y kien gd", "Giám đốc")
    story.be(DIRECTOR)
    story.says("dong y, rieng 3.7 trong thang 5", "31/5")
    story.be(CHIEF)
    story.says("dua vao theo doi", "Đã đưa TB 718 vào theo dõi")
    story.be(HEAD)
    story.says("ok", "đã tiếp nhận")
    story.moves_the_clock("2023-04-28T07:30", "Đến hạn hôm nay")
    for said in ("/done 3.5", "xong 3.5"):
        story.says(said, "45 27/4")
        story.says("45 27/4", "Đã ghi 3.5 hoàn thành")
        if said == "/done 3.5":
            story.picture("head", HEAD, PHONE)
            story.picture("demo", HEAD, WIDE)
            story.says("hoan tac", "Đã hoàn tác")
    story.says("3.4 sap xong", "Chưa tính hoàn thành")
    story.moves_the_clock("2023-07-05T07:40", "Đã qua hạn")
    story.be(DIRECTOR)
    story.says("quá hạn", "Tổng 10 nhiệm vụ")
    story.picture("director", DIRECTOR, PHONE, first="quá hạn")
    story.says("718 den dau roi", "TB 718 đến")


def main() -> None:
    """Take the pictures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path, nargs="?", default=Path("docs/pictures"))
    arguments.add_argument("--told", action="store_true")
    given = arguments.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with demonstration() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        story = Story(browser, address, given.folder)
        play(story)
        if given.told:
            for chat in (CLERK, CHIEF, DIRECTOR, HEAD):
                story.told(chat)
        browser.close()


if __name__ == "__main__":
    main()
