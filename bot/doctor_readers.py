"""Which kinds of files can be read on this computer, and what to install for the others."""

from __future__ import annotations

from bot.doctor_wires import Check
from documents.ocr import tesseract
from documents.old_office import antiword, libreoffice

_SCANS = "apt-get install tesseract-ocr tesseract-ocr-vie"
_OLD = "apt-get install antiword"


def readers() -> list[Check]:
    """Look for the programs beside ours that read scans and old Word files; without them the rest is read all the same."""
    scans, old = tesseract(), antiword() or libreoffice()
    found = ["Word, PDF có chữ, Excel, tệp chữ"]
    found += ["bản quét và ảnh (tesseract vie)"] if scans else []
    found += [f".doc ({'antiword' if antiword() else 'LibreOffice'})"] if old else []
    missing = [
        *([] if scans else [("bản quét, ảnh (dấu MẬT trên ảnh không soát được, người gửi phải tự xác nhận)", _SCANS)]),
        *([] if old else [(".doc", _OLD)]),
    ]
    if not missing:
        return [Check("readers", True, f"đọc được: {'; '.join(found)}")]
    lacking = ", ".join(what for what, _ in missing)
    how = "; ".join(command for _, command in missing)
    return [Check("readers", True, f"đọc được: {'; '.join(found)}; chưa đọc được: {lacking}", f"Cài thêm: {how}")]
