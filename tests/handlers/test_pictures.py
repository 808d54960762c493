"""A photo without words is read and asked about with at most two questions; a secret one leaves nothing behind."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from core.messages import Incoming, IncomingFile, Message
from core.workdays import WorkCalendar
from documents.ocr import tesseract
from handlers.catalogue import Catalogue
from handlers.discarding_job import DISCARDING, DiscardJob
from handlers.handed_files import LOOKING
from handlers.keeping_job import KeepFilesJob
from handlers.looking_job import LookAtFilesJob
from storage.database import Database
from storage.schema import outbox
from tests.bot.upload_office import HEAD, OTHER, Office, docx, stamped_docx, upload_office
from tests.documents.made import page, pdf
from tests.documents.photos import Paper, as_jpeg, as_pdf, photographed
from tests.documents.photos import photo as photo_of

pytestmark = pytest.mark.usefixtures("files_read_once")
recognising = pytest.mark.skipif(tesseract() is None, reason="no tesseract with Vietnamese")
LATER = timedelta(days=23, hours=2)
"""The morning of 28 April: the paper of the day before can be the result."""


def photo(**paper: object) -> bytes:
    return photo_of(Paper(**paper))  # type: ignore[arg-type]  # the fields of a paper


class Talk:
    """A head who sends photos, with the jobs done after each message."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.sent: dict[str, bytes] = {}
        self.gone: list[str] = []

    async def fetch(self, _channel: str, ref: str, _limit: int) -> bytes:
        return self.sent[ref]

    async def discard(self, _channel: str, ref: str) -> None:
        self.gone.append(ref)

    async def shows(self, *contents: bytes, text: str = "", kind: str = "photo", who: str = HEAD) -> str:
        """Send pictures, and return what is answered once all jobs are done."""
        self.office.said += 1
        before = await self.office.heard(who)
        files = []
        for content in contents:
            ref = f"ref-{len(self.sent)}"
            self.sent[ref] = content
            files.append(IncomingFile(ref, f"{ref}.{'jpg' if kind == 'photo' else 'pdf'}"))
        incoming = Incoming("plain", f"say:{self.office.said}", who, who, text, kind, files=tuple(files))  # type: ignore[arg-type]  # one of two kinds
        await self.office.dispatcher.receive(incoming)
        await self.works()
        return (await self.office.heard(who)).removeprefix(before)

    async def says(self, text: str, who: str = HEAD) -> str:
        before = await self.office.heard(who)
        await self.office.says(who, text)
        await self.works()
        return (await self.office.heard(who)).removeprefix(before)

    async def works(self) -> None:
        jobs = {
            LOOKING: LookAtFilesJob(self.fetch, Catalogue(), WorkCalendar()),
            "keep_files": KeepFilesJob(self.fetch, self.office.files.save, Catalogue()),
            DISCARDING: DiscardJob(self.discard),
        }
        for _ in range(3):
            async with self.office.database.work(self.office.clock.now()) as work:
                held = await work.jobs.hold("tests", timedelta(minutes=1), 10)
            for one in held:
                job = jobs[one.kind]
                prepared = await job.prepare(one.data)
                async with self.office.database.work(self.office.clock.now()) as work:
                    forget = await job.commit(work, one.data, prepared)  # type: ignore[arg-type]  # its own
                    await work.jobs.end(one, forget=bool(forget))

    async def last(self, who: str = HEAD) -> Message:
        """Return the last message to somebody, its choices among it."""
        async with self.office.database.read(self.office.clock.now()) as work:
            rows = await work.connection.execute(
                select(outbox.c.content).where(outbox.c.chat == who).order_by(outbox.c.id)
            )
            return next(made for row in reversed(rows.all()) if (made := Message.from_json(row.content)).buttons)

    async def chooses(self, label: str) -> str:
        """Answer by the choice with this label."""
        command = next(one.command for one in (await self.last()).buttons if label in one.label)
        return await self.says(command)

    async def traces(self) -> str:
        """Return all that any table holds."""
        told = []
        async with self.office.database.read(self.office.clock.now()) as work:
            for table in ("jobs", "questions", "outbox", "submissions", "submission_files", "drafts", "inbox"):
                told += [str(row) for row in await work.connection.exec_driver_sql(f"SELECT * FROM {table}")]
        return "\n".join(told)

    def files(self) -> list[Path]:
        return [one for one in self.office.folder.rglob("*") if one.is_file()]


@pytest.fixture
async def talk(sqlite_database: Database, tmp_path: Path) -> AsyncIterator[Talk]:
    async with upload_office(sqlite_database, tmp_path) as office:
        office.clock.moment += LATER
        yield Talk(office)


@pytest.fixture
async def either(database: Database, tmp_path: Path) -> AsyncIterator[Talk]:
    async with upload_office(database, tmp_path) as office:
        office.clock.moment += LATER
        yield Talk(office)


@recognising
async def test_dialogue_10_one_tap_records_what_was_read(either: Talk) -> None:
    talk = either
    heard = await talk.shows(photo())
    assert "Trong ảnh: số 45/TTr-SCT ngày 27/4/2023?" in heard
    assert "Là kết quả của mục nào?" in heard
    assert [one.label for one in (await talk.last()).buttons][1:] == [
        "Mục khác", "Số, ngày chưa đúng", "Không ghi, xóa ảnh",
    ]  # fmt: skip
    assert (await talk.last()).buttons[0].label.startswith("3.5")
    assert talk.files() == []
    heard = await talk.chooses("3.5")
    assert "Đã ghi 3.5 hoàn thành ngày 27/4/2023, đúng hạn" in heard
    assert "45/TTr-SCT" in heard
    assert "Kèm 1 ảnh." in heard
    assert await talk.office.kept() == [("ref-0.jpg", "image/jpeg")]
    await talk.says("hoan tac")
    assert await talk.office.kept() == []


@recognising
async def test_another_directive_is_the_second_and_last_question(talk: Talk) -> None:
    await talk.shows(photo())
    await talk.chooses("Mục khác")
    heard = await talk.chooses("3.4")
    assert "Đã ghi 3.4 hoàn thành ngày 27/4/2023" in heard
    assert await talk.office.kept("3.4") == [("ref-0.jpg", "image/jpeg")]


@recognising
async def test_number_or_date_that_are_wrong_are_typed(talk: Talk) -> None:
    await talk.shows(photo())
    assert "Đồng chí gõ số mục và số, ngày đúng, ví dụ: 3.5 45 27/4" in await talk.chooses("chưa đúng")
    heard = await talk.says("3.5 46 26/4")
    assert "Đã ghi 3.5 hoàn thành ngày 26/4/2023" in heard
    assert "46/TTr-SCT" in heard
    assert "Kèm 1 ảnh." in heard
    assert len(await talk.office.kept()) == 1


@recognising
async def test_nothing_is_recorded_and_the_photo_is_let_go_of(talk: Talk) -> None:
    await talk.shows(photo())
    assert "Đã xóa ảnh, chưa ghi gì." in await talk.chooses("Không ghi")
    assert (talk.gone, talk.files()) == (["ref-0"], [])
    assert "ref-0" not in str(await _rows(talk, "questions"))


@recognising
async def test_a_caption_that_names_the_directive_leaves_number_and_date_to_confirm(talk: Talk) -> None:
    heard = await talk.shows(photo(), text="3.5")
    assert "Trong ảnh: số 45/TTr-SCT ngày 27/4/2023?" in heard
    assert "Là kết quả mục 3.5?" in heard
    assert "Mục khác" not in heard
    assert "Đã ghi 3.5 hoàn thành ngày 27/4/2023" in await talk.chooses("Đúng")
    assert len(await talk.office.kept()) == 1


@recognising
async def test_after_a_request_for_it_a_photo_is_confirmed_too(talk: Talk) -> None:
    await talk.says("nop 3.5")
    assert "Là kết quả mục 3.5?" in await talk.shows(photo())
    assert "Đồng chí gõ số, ngày đúng, ví dụ: 45 27/4" in await talk.chooses("chưa đúng")
    assert "Đã ghi 3.5 hoàn thành ngày 26/4/2023" in await talk.says("46 26/4")
    assert len(await talk.office.kept()) == 1


@recognising
async def test_a_scanned_pdf_is_read_like_a_photo(talk: Talk) -> None:
    scan = as_pdf(Paper(number="45/BC-SCT", title="BÁO CÁO").drawn())
    heard = await talk.shows(scan, kind="file")
    assert "Trong tệp: số 45/BC-SCT ngày 27/4/2023?" in heard
    assert "Không ghi, xóa tệp" in heard


@recognising
@pytest.mark.parametrize(
    "paper",
    [
        {"number": "45/TTr-UBND"},
        {"number": "        /TTr-SCT"},
        {"dated": "Quảng Ngãi, ngày 31 tháng 4 năm 2023"},
        {"dated": "Quảng Ngãi, ngày 27 tháng 5 năm 2023"},
        {"dated": "Quảng Ngãi, ngày      tháng 4 năm 2023"},
    ],
)
async def test_what_does_not_fit_is_unreadable_and_never_guessed(talk: Talk, paper: dict[str, str]) -> None:
    heard = await talk.shows(photo(**paper))
    assert "Ảnh mờ, Trợ lý không đọc được số văn bản. Đồng chí gõ số, ngày, ví dụ: 45 27/4" in heard
    assert "Trong ảnh" not in heard
    await talk.says("45 27/4")
    assert "Đã ghi 3.5 hoàn thành ngày 27/4/2023" in await talk.chooses("3.5")
    assert len(await talk.office.kept()) == 1


@recognising
async def test_a_blurred_photo_with_its_directive_is_kept_and_the_number_asked_for(talk: Talk) -> None:
    blurred = as_jpeg(photographed(Paper().drawn(), blur=9.0))
    heard = await talk.shows(blurred, text="3.5")
    assert "Đã nhận kết quả mục 3.5, 1 ảnh. Chưa tính hoàn thành." in heard
    assert "Ảnh mờ, Trợ lý không đọc được số văn bản." in heard
    assert "Đã ghi 3.5 hoàn thành ngày 27/4/2023" in await talk.says("45 27/4")


@recognising
@pytest.mark.parametrize(
    ("secret", "kind", "word"),
    [
        (lambda: photo(stamp="MẬT", stamp_turned=-9.0, seal=True), "photo", "Ảnh"),
        (lambda: photo(stamp="TUYỆT MẬT", stamp_turned=5.0), "photo", "Ảnh"),
        (lambda: as_pdf(Paper(stamp="TỐI MẬT", stamp_turned=12.0).drawn()), "file", "Tệp"),
        (stamped_docx, "file", "Tệp"),
    ],
    ids=["photo", "top secret", "scan", "word"],
)
async def test_dialogue_11_nothing_of_a_secret_is_kept(
    either: Talk, secret: Callable[[], bytes], kind: str, word: str
) -> None:
    talk = either
    heard = await talk.shows(secret(), text="3.5 gửi kết quả", kind=kind)
    assert f"{word} có dấu " in heard
    assert f"Trợ lý không lưu, đã xóa {word.lower()} phía hệ thống và chưa ghi gì." in heard
    assert "Đề nghị đồng chí thu hồi tin này và báo Văn phòng." in heard
    assert "Kết quả mục 3.5 báo trực tiếp Văn phòng, không gửi qua đây." in heard
    assert talk.files() == []
    assert talk.gone == ["ref-0"]
    assert "ref-0" not in await talk.traces()
    assert "gửi kết quả" not in await talk.traces()
    assert [row.act for row in await _rows(talk, "audit_entries") if row.act == "refused"] == ["refused"]


@recognising
async def test_words_beside_a_secret_record_nothing_either(talk: Talk) -> None:
    heard = await talk.shows(photo(stamp="MẬT"), photo(), text="nop 3.5 45 27/4")
    assert "Ảnh có dấu MẬT." in heard
    assert "Đã ghi" not in heard
    assert await _rows(talk, "submissions") == []
    assert talk.gone == ["ref-0", "ref-1"]


@recognising
async def test_without_a_directive_the_sentence_names_none(talk: Talk) -> None:
    heard = await talk.shows(photo(stamp="MẬT"))
    assert "Kết quả báo trực tiếp Văn phòng, không gửi qua đây." in heard


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without tesseract."""
    monkeypatch.setenv("PATH", "/nowhere")


@pytest.mark.usefixtures("blind")
async def test_without_tesseract_the_sender_looks_for_a_stamp_and_is_asked_in_words(either: Talk) -> None:
    talk = either
    heard = await talk.shows(photo())
    assert "Máy chủ chưa có phần đọc ảnh nên Trợ lý không soát được dấu MẬT." in heard
    assert "Ảnh không có dấu MẬT, TỐI MẬT, TUYỆT MẬT, đúng không?" in heard
    assert "kết quả của mục nào" not in heard
    heard = await talk.chooses("Không có dấu")
    assert "Ảnh này là kết quả của mục nào?" in heard
    assert "mờ" not in heard
    assert "Đã nhận kết quả mục 3.5, 1 ảnh. Chưa tính hoàn thành." in await talk.chooses("3.5")
    assert "Đã ghi 3.5 hoàn thành ngày 27/4/2023" in await talk.says("45 27/4")
    assert len(await talk.office.kept()) == 1


@pytest.mark.usefixtures("blind")
async def test_without_tesseract_nothing_is_recorded_before_the_sender_has_looked(talk: Talk) -> None:
    heard = await talk.shows(photo(), text="3.5 45 27/4 phòng gửi")
    assert "đúng không?" in heard
    assert await _rows(talk, "submissions") == []
    heard = await talk.chooses("Không có dấu")
    assert "Đã ghi 3.5 hoàn thành ngày 27/4/2023" in heard
    assert "Kèm 1 ảnh." in heard
    assert len(await talk.office.kept()) == 1
    await talk.shows(photo(), text="3.4")
    assert "đúng không?" in await talk.says("46 26/4")
    assert "Đã ghi 3.4 hoàn thành ngày 26/4/2023" in await talk.chooses("Không có dấu")
    assert len(await talk.office.kept("3.4")) == 1
    await talk.shows(photo(), text="3.7")
    assert "Đã xóa ảnh, chưa ghi gì." in await talk.chooses("Có dấu, xóa ảnh")
    assert talk.gone == ["ref-2"]
    assert await talk.office.kept("3.7") == []


@pytest.mark.usefixtures("blind")
@pytest.mark.parametrize("words", ["có dấu mật", "bao cao co dau mat", "ảnh có dấu", "khong biet co dau mat khong"])
async def test_words_that_speak_of_a_stamp_hand_nothing_in(talk: Talk, words: str) -> None:
    await talk.shows(photo(), text="3.5")
    assert "Đã xóa ảnh, chưa ghi gì." in await talk.says(words)
    assert talk.gone == ["ref-0"]
    assert await talk.office.kept() == []


@pytest.mark.usefixtures("blind")
async def test_no_stamp_in_words_is_no_news_of_a_directive(talk: Talk) -> None:
    await talk.shows(photo(), text="3.5")
    assert "Đã nhận kết quả mục 3.5, 1 ảnh. Chưa tính hoàn thành." in await talk.says("không có dấu mật")
    assert len(await talk.office.kept()) == 1


@pytest.mark.usefixtures("blind")
async def test_what_needs_no_recognising_is_looked_at_without_tesseract_too(talk: Talk) -> None:
    assert "Tệp có dấu TỐI MẬT" in await talk.shows(stamped_docx(), text="3.5", kind="file")
    assert "Đã nhận kết quả mục 3.5, 1 tệp" in await talk.shows(docx(), text="3.5", kind="file")


async def test_somebody_elses_directive_takes_no_photo(talk: Talk) -> None:
    assert "3.5 giao QLTM" in await talk.shows(photo(), text="3.5", who=OTHER)
    assert talk.files() == []


async def test_what_no_stamp_can_be_looked_for_in_is_refused_and_its_words_count(talk: Talk) -> None:
    sealed = pdf([page("Kế hoạch")], sealed=True)
    heard = await talk.shows(sealed, text="3.5 45 27/4", kind="file")
    assert "tệp đặt mật khẩu, Trợ lý không mở được. Đồng chí bỏ mật khẩu rồi gửi lại" in heard
    assert "Đã ghi 3.5 hoàn thành ngày 27/4/2023" in heard
    assert await talk.office.kept() == []
    assert talk.files() == []
    assert talk.gone == ["ref-0"]
    heard = await talk.shows(sealed, text="3.7", kind="file")
    assert "mật khẩu" in heard
    assert "Đã nhận" not in heard


CAPTIONS = [
    ("3.5 45 27/4", ["3.5"], "45/TTr-SCT"),
    ("3.5 ttr 45 27/4", ["3.5"], "45/TTr-SCT"),
    ("nop 3.5 so 45/TTr-SCT ngay 27.4", ["3.5"], "45/TTr-SCT"),
    ("xong 3.5 số 45/TTr-SCT ngày 27.4", ["3.5"], "45/TTr-SCT"),
    ("nop 3.4 3.5 ttr 45 27/4", ["3.4", "3.5"], "45/TTr-SCT"),
    ("3.4 ttr 45 27/4, 3.5 ttr 46 26/4", ["3.4", "3.5"], "46/TTr-SCT"),
]


@pytest.mark.parametrize(("caption", "codes", "document"), CAPTIONS, ids=[one[0] for one in CAPTIONS])
async def test_a_caption_says_it_all(talk: Talk, caption: str, codes: list[str], document: str) -> None:
    heard = await talk.shows(docx(), text=caption, kind="file")
    assert document in heard
    for code in codes:
        assert f"Đã ghi {code} hoàn thành" in heard
        assert len(await talk.office.kept(code)) == 1


TYPED = ["45 27/4", "ttr 45 27/4", "số 45/TTr-SCT ngày 27.4", "so 45/ttr ngay 27.4"]


@pytest.mark.parametrize("typed", TYPED)
async def test_a_caption_without_a_code_asks_whose_it_is(talk: Talk, typed: str) -> None:
    heard = await talk.shows(docx(), text=typed, kind="file")
    assert "Tệp này là kết quả của mục nào?" in heard
    heard = await talk.chooses("3.5")
    assert "Đã ghi 3.5 hoàn thành ngày 27/4/2023" in heard
    assert "45/TTr-SCT" in heard
    assert len(await talk.office.kept()) == 1


@pytest.mark.parametrize("typed", TYPED)
async def test_number_and_date_may_follow_the_photo(talk: Talk, typed: str) -> None:
    await talk.shows(docx(), text="3.5", kind="file")
    heard = await talk.says(typed)
    assert "Đã ghi 3.5 hoàn thành ngày 27/4/2023" in heard
    assert "45/TTr-SCT" in heard


async def test_a_number_alone_keeps_the_photo_and_asks_for_the_date(talk: Talk) -> None:
    heard = await talk.shows(docx(), text="nop 3.5 ttr 45", kind="file")
    assert "Đã nhận kết quả mục 3.5, 1 tệp. Chưa tính hoàn thành." in heard
    assert len(await talk.office.kept()) == 1


async def _rows(talk: Talk, table: str) -> list[object]:
    async with talk.office.database.read(talk.office.clock.now()) as work:
        return list(await work.connection.exec_driver_sql(f"SELECT * FROM {table}"))
