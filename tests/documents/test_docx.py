import io
import zipfile

import pytest

from documents.docx import docx_lines
from documents.errors import UnreadableFile
from documents.notice_file import lines_of

from .made import p, r, table, word_file

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (p(r("Giao phòng ") + r("QLTM")), ["Giao phòng QLTM"]),
        (p(r("hạn ") + f"<w:ins>{r('30/5')}</w:ins><w:del><w:r><w:delText>30/4</w:delText></w:r></w:del>"), ["hạn 30/5"]),
        (p(f"<w:moveFrom>{r('cũ')}</w:moveFrom><w:moveTo>{r('mới')}</w:moveTo>"), ["mới"]),
        (f"<w:sdt><w:sdtContent>{p(r('trong điều khiển'))}</w:sdtContent></w:sdt>", ["trong điều khiển"]),
        (p(f"<w:hyperlink>{r('liên kết')}</w:hyperlink>"), ["liên kết"]),
        (p(f"<w:r><w:pict><w:txbxContent>{p(r('hộp chữ'))}</w:txbxContent></w:pict></w:r>"), ["hộp chữ"]),
        (p(f"<mc:AlternateContent><mc:Choice>{r('một lần')}</mc:Choice><mc:Fallback>{r('một lần')}</mc:Fallback></mc:AlternateContent>"), ["một lần"]),
        (p(r("Giao ") , "<w:rPr><w:del/></w:rPr>") + p(r("phòng QLTM")), ["Giao phòng QLTM"]),
        (p(r("1.") + "<w:r><w:tab/></w:r>" + r("mục"), '<w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs>'), ["1. mục"]),
        (f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p(r('Bấm vào đây'))}</w:sdtContent></w:sdt>{p(r('chữ'))}", ["chữ"]),
        (p(r("Theo Quyết định") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + r(" số 12")), ["Theo Quyết định số 12"]),
        (p(r("Së C«ng Th\u00ad¬ng", '<w:rFonts w:ascii=".VnTime"/>') + r(" QUẢNG NGÃI")), ["Sở Công Thương QUẢNG NGÃI"]),
        (p(r("céng hßa", '<w:rFonts w:ascii=".VnTimeH"/>')), ["CỘNG HÒA"]),
        (p(r("Sôû Coâng Thöông", '<w:rFonts w:ascii="VNI-Times"/>')), ["Sở Công Thương"]),
        (table(["SỞ CÔNG THƯƠNG\nSố: 1/TB-SCT", "CỘNG HÒA\nQuảng Ngãi, ngày 4"]), ["SỞ CÔNG THƯƠNG", "Số: 1/TB-SCT", "CỘNG HÒA", "Quảng Ngãi, ngày 4"]),
        (p(r("thấy") + r("ẩn", "<w:vanish/>") + r(" hết")), ["thấy hết"]),
        (p("<w:r><w:t>trên</w:t><w:br/><w:t>dưới</w:t><w:tab/><w:t>nữa</w:t><w:noBreakHyphen/></w:r>"), ["trên", "dưới nữa-"]),
        (
            f"<w:tbl><w:tr><w:tc>{p(r('A1'))}</w:tc><w:tc>{p(r('B1'))}{p(r('B1 tiếp'))}</w:tc></w:tr></w:tbl>{p(r('sau bảng'))}",
            ["A1", "B1", "B1 tiếp", "sau bảng"],
        ),
    ],
)  # fmt: skip
def test_every_visible_word_in_order(body, lines):
    assert [line for line in docx_lines(word_file(body), "a.docx") if line] == lines


def test_a_number_begins_anew_where_its_list_does():
    levels = '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = (
        f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="7"/>{anew}</w:num>'
    )
    body = "".join(
        p(r(text), f'<w:numPr><w:numId w:val="{list_id}"/></w:numPr>')
        for text, list_id in (("a", 1), ("b", 1), ("c", 2), ("d", 2))
    )
    assert docx_lines(word_file(body, numbering=numbering), "a.docx") == ["1. a", "2. b", "1. c", "2. d"]


def test_automatic_numbers_are_spelled_out():
    levels = '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/></w:lvl><w:lvl w:ilvl="2"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>'
    numbering = (
        f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum><w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    )
    styles = '<w:style w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'

    def item(text, depth, list_id=1):
        return p(r(text), f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>')

    body = (
        item("một", 0)
        + item("một một", 1)
        + item("a", 2)
        + item("b", 2)
        + p(r("hai"), '<w:pStyle w:val="Muc"/>')
        + item("hai một", 1)
        + item("gạch", 0, 2)
        + p(r("thường"))
    )
    lines = docx_lines(word_file(body, numbering=numbering, styles=styles), "a.docx")
    assert lines == ["1. một", "1.1. một một", "a) a", "b) b", "2. hai", "2.1. hai một", "- gạch", "thường"]


def test_strict_files_and_other_main_parts_are_read():
    assert docx_lines(word_file(p(r("chữ")), namespace=STRICT), "a.docx") == ["chữ"]
    assert docx_lines(word_file(p(r("chữ")), main="word/document2.xml"), "a.docx") == ["chữ"]


def zipped(**members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


BOMB = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
BAD = {
    "a zip without a document": (zipped(readme="x"), "unsupported"),
    "cut short": (word_file(p(r("chữ")))[:200], "broken"),
    "broken xml": (zipped(**{"word__document.xml": "<w:document"}), "broken"),
    "entities": (word_file(p(r("&b;")), prologue=BOMB), "entities"),
    "a path that leads out": (word_file(p(r("chữ")), members=[("../../etc/cron.d/x", "x")]), "strange_paths"),
    "macros": (zipped(**{"word__document.xml": "<a/>", "word__vbaProject.bin": "x"}), "macro"),
    "a zip bomb": (lambda: zipped(**{"word__document.xml": b" " * 41_000_000}), "swollen"),
    "many great parts": (lambda: zipped(**{f"word__media__{n}": b" " * 38_000_000 for n in range(9)}), "swollen"),
    "a program": (b"MZ\x90\x00" + bytes(200), "program"),
    "a script": (b"#!/bin/sh\nrm -rf /\n", "program"),
    "a Java program": (zipped(**{"META-INF__MANIFEST.MF": "x", "a.class": "x"}), "program"),
    "an iPhone's photo": (b"\x00\x00\x00\x18ftypheic" + bytes(100), "heic"),
    "an old .doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unsupported"),
    "an encrypted file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "a picture cut short": (b"\x89PNG\r\n\x1a\n" + bytes(50), "broken"),
    "bytes of no kind": (bytes(range(256)) * 4, "unsupported"),
    "nothing": (b"", "empty"),
    "only space": (b" \n\t ", "empty"),
    "a document without words": (word_file(p("")), "empty"),
    "far too much": (lambda: b"a" * 25_000_001, "too_big"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_read_says_why(case):
    data, kind = BAD[case]
    with pytest.raises(UnreadableFile) as caught:
        lines_of(data() if callable(data) else data, "tệp lạ")
    assert (caught.value.kind, caught.value.name) == (kind, "tệp lạ")


def test_much_text_in_little_space_is_refused():
    body = p(r("a" * 1_000_000)) * 5
    with pytest.raises(UnreadableFile) as caught:
        docx_lines(word_file(body), "a.docx")
    assert caught.value.kind == "too_big"
