"""Scans and photos: straightened, recognised, and the line in doubt cut out."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from documents.errors import NeedsRecognising, UnreadableFile
from documents.notice_file import lines_of, pictures_of, read_file
from documents.ocr import _in_row, cutout, tesseract
from documents.package import album
from documents.pages import Pages, Spot, cut_of, cut_ref
from documents.scan import even, fit, slant, straightened

DATA = Path(__file__).parents[1] / "data" / "notice-718"
SCAN = DATA / "notice-718-scan.pdf"
recognising = pytest.mark.skipif(tesseract() is None, reason="no tesseract with Vietnamese")


def as_bytes(picture: Image.Image, kind: str = "JPEG", **more) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **more)
    return out.getvalue()


@pytest.fixture(scope="module")
def printed() -> Image.Image:
    """The last page of notice 718 as it would come from a printer."""
    document = pypdfium2.PdfDocument(DATA / "notice-718.pdf")
    picture = document[2].render(scale=200 / 72).to_pil().convert("RGB")
    document.close()
    return picture


@pytest.fixture(scope="module")
def scanned() -> Pages:
    """What is recognised in the scan, once for those that only look at it."""
    return read_file(SCAN.read_bytes(), "quét.pdf")


def photographed(page: Image.Image) -> Image.Image:
    """The page as a phone sees it: askew, yellowish, with a shadow across it."""
    shadow = Image.linear_gradient("L").resize(page.size).point(lambda dark: 90 + dark * 150 // 255)
    turned = page.rotate(2.3, Image.Resampling.BICUBIC, fillcolor="white")
    return Image.composite(turned, Image.new("RGB", page.size, (70, 60, 40)), shadow)


@pytest.mark.parametrize("angle", [-4.0, -1.7, 0.0, 0.6, 3.2])
def test_lines_are_made_level(printed, angle):
    askew = fit(printed.rotate(angle, Image.Resampling.BICUBIC, fillcolor="white"))
    assert slant(askew) == pytest.approx(-angle, abs=0.25)


def test_a_shadow_is_taken_off_and_a_clean_page_left_as_it_is(printed):
    clean = fit(printed)
    assert even(clean) is clean
    evened = even(fit(photographed(printed)))
    width, height = evened.size
    corners = [
        evened.crop((x, y, x + 60, y + 60)).resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
        for x in (30, width - 90)
        for y in (30, height - 90)
    ]
    assert min(corners) > 235


def test_a_page_is_made_as_large_as_letters_are_usually_scanned():
    assert max(fit(Image.new("L", (905, 1280))).size) == 2339
    assert max(fit(Image.new("L", (3024, 4032))).size) == 2339
    assert fit(Image.new("L", (1654, 2339))).size == (1654, 2339)


@recognising
def test_a_scan_is_read_like_the_text_it_shows(scanned):
    pages = scanned
    text = "\n".join(pages.lines)
    assert pages.lines[:4] == (
        "UBND TỈNH QUẢNG NGÃI",
        "SỞ CÔNG THƯƠNG",
        "Số: 718/TB-SCT",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    )
    assert "trước ngày 30/4/2023: Giao phòng QLTM tham mưu" in text
    assert text.index("- Lưu: VT") < text.index("TL. GIÁM ĐỐC") < text.index("Phạm Thị Hường")
    assert all(spot is not None and 0 <= spot.confidence <= 100 for spot in pages.spots)


@recognising
def test_a_photo_in_bad_light_is_read_too(printed):
    lines = read_file(as_bytes(photographed(printed), quality=70), "ảnh.jpg").lines
    assert "hiện." in lines
    assert any("Giao phòng QLTM tham mưu, phối hợp với Văn phòng Sở" in line for line in lines)
    assert any("Thông tư số 06/2023/TT-BCT ngày 23/3/2023" in line or "06/2023/TT-BCT" in line for line in lines)


@recognising
def test_photos_of_an_album_are_the_pages_of_one_notice_whichever_way_they_were_held(printed):
    width, height = printed.size
    upper, lower = printed.crop((0, 0, width, height // 2)), printed.crop((0, height // 2, width, height))
    lying = as_bytes(upper.transpose(Image.Transpose.ROTATE_90), exif=_held_sideways())
    pages = read_file(album([lying, as_bytes(lower, "PNG")]), "album")
    assert any("Giao phòng QLNL" in line for line in pages.lines)
    assert {spot.page for spot in pages.spots if spot} == {0, 1}


def _held_sideways() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return exif.tobytes()


def test_the_letter_after_c_is_d_whatever_was_recognised():
    lines = [(line, None) for line in ("c) Rà soát", "hồ sơ", "đ) Lập kế hoạch", "đ) Báo cáo", "e) Tổng hợp")]
    mended = [line for line, _ in _in_row(lines)]
    assert mended == ["c) Rà soát", "hồ sơ", "d) Lập kế hoạch", "đ) Báo cáo", "e) Tổng hợp"]


@recognising
def test_a_line_is_cut_out_where_it_was_recognised(scanned):
    data, pages = SCAN.read_bytes(), scanned
    at = next(at for at, line in enumerate(pages.lines) if "trước ngày 30/4/2023" in line)
    spot = pages.spots[at]
    picture = Image.open(io.BytesIO(cutout(data, "quét.pdf", spot)))
    whole = spot.box[2] - spot.box[0] + 24
    assert whole > 900
    assert whole * 0.5 <= picture.width < whole * 0.62
    assert 60 < picture.height < 180
    straight = straightened(pictures_of(data, "quét.pdf")[spot.page]())
    assert picture.getpixel((20, 20)) == straight.getpixel((spot.box[0] + 8, spot.box[1] + 8))
    for wrong in (Spot(9, spot.box, 0), Spot(0, (5000, 5000, 6000, 6000), 0), Spot(-1, spot.box, 0)):
        with pytest.raises(ValueError, match="Spot"):
            cutout(data, "quét.pdf", wrong)


@recognising
@pytest.mark.parametrize("picture", ["noise", "blank", "landscape"])
def test_nothing_is_invented_where_nothing_is_written(picture):
    page = Image.new("RGB", (1000, 1400), "white")
    if picture == "noise":
        page = Image.effect_noise((1000, 1400), 120)
    elif picture == "landscape":
        draw = ImageDraw.Draw(page)
        for at in range(12):
            draw.ellipse((at * 70, at * 100, at * 70 + 300, at * 100 + 200), fill=(at * 20, 120, 255 - at * 20))
    with pytest.raises(UnreadableFile) as caught:
        read_file(as_bytes(page, "PNG"), "ảnh.png")
    assert caught.value.kind == "illegible"


def huge_png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(100_000)))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (huge_png(60_000, 60_000), "huge_picture"),
        (huge_png(9_000, 9_000), "huge_picture"),
        (b"\xff\xd8\xff" + bytes(300), "broken"),
        (as_bytes(Image.new("L", (900, 900)))[:400], "broken"),
        (as_bytes(Image.new("L", (60, 60))), "illegible"),
        (album([as_bytes(Image.new("L", (300, 300)))] * 41), "too_many_scans"),
        (
            as_bytes(
                Image.new("1", (300, 300)), "TIFF", save_all=True, append_images=[Image.new("1", (300, 300))] * 40
            ),
            "too_many_scans",
        ),
    ],
    ids=["bomb", "poster", "no picture", "cut short", "an icon", "a long album", "a long fax"],
)
def test_pictures_that_cannot_be_read_say_why(data, kind):
    with pytest.raises(UnreadableFile) as caught:
        [page() for page in pictures_of(data, "ảnh")]
    assert (caught.value.kind, caught.value.name) == (kind, "ảnh")


def test_without_recognising_a_picture_is_only_named():
    with pytest.raises(NeedsRecognising):
        lines_of(as_bytes(Image.new("L", (900, 900))), "ảnh.jpg")


def test_without_tesseract_it_is_said_so(monkeypatch):
    monkeypatch.setattr("documents.ocr.tesseract", lambda: None)
    with pytest.raises(UnreadableFile) as caught:
        read_file(SCAN.read_bytes(), "quét.pdf")
    assert caught.value.kind == "no_ocr"


def test_a_reference_of_a_cut_out_line_is_taken_apart_again():
    spot = Spot(2, (10, 20, 300, 50), 61, "QLUTM")
    file_ref, found = cut_of(cut_ref("abc", spot))
    assert (file_ref, found.page, found.box) == ("abc", 2, spot.box)
    for wrong in ("cut:abc", "cut:abc:1:2:3", "cut:abc:1:2:3:4:x", "cut:"):
        with pytest.raises(ValueError):
            cut_of(wrong)


def test_pages_know_the_lines_a_passage_was_put_together_from():
    pages = Pages(
        ("3.5. Triển khai Quyết định số 665/QĐ-SCT ngày", "29/3/2023 của Giám đốc Sở: Giao phòng QLUTM tham mưu", "3.6. Việc khác của phòng"),
        (Spot(0, (0, 0, 9, 9), 90), Spot(0, (0, 10, 9, 19), 60, "QLUTM"), Spot(0, (0, 20, 9, 29), 40)),
    )  # fmt: skip
    text = "Triển khai Quyết định số 665/QĐ-SCT ngày 29/3/2023 của Giám đốc Sở: Giao phòng QLUTM tham mưu."
    assert [line for line, _ in pages.within(text)] == list(pages.lines[:2])
    assert [spot.worst for _, spot in pages.doubtful(text)] == ["QLUTM"]
    assert Pages.from_json(pages.to_json()) == pages
    assert Pages(("a",)).doubtful("a") == []
