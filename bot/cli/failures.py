"""Why a command failed, in one Vietnamese line."""

from __future__ import annotations

import errno

from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError

from config.logs import Redactor
from config.settings import SettingsProblem
from core.errors import UserError
from documents.errors import RosterFault, RosterProblem, Trouble, UnreadableFile
from storage.faults import is_down


class CommandFailed(Exception):
    """The command could not do it; the sentence says why and ends with 1."""


class WrongUsage(Exception):
    """The command was called wrongly; the sentence says how and ends with 2."""


_FILES: dict[Trouble, str] = {
    "unsupported": "chưa đọc được loại tệp này: {name}",
    "program": "đây là chương trình, không phải văn bản: {name}",
    "broken": "tệp bị hỏng, không mở được: {name}",
    "too_big": "tệp quá lớn: {name}",
    "swollen": "tệp nén quá nhiều dữ liệu bên trong, không mở: {name}",
    "too_many_pages": "tệp quá dài, đọc được tối đa 300 trang: {name}",
    "too_many_scans": "tệp có quá nhiều trang quét, đọc được tối đa 40 trang ảnh: {name}",
    "huge_picture": "ảnh có kích thước quá lớn, không mở: {name}",
    "encrypted": "tệp có mật khẩu, không mở được: {name}",
    "macro": "tệp có macro, không nhận: {name}",
    "entities": "tệp có mã lạ bên trong, không mở: {name}",
    "strange_paths": "tệp có đường dẫn lạ bên trong, không mở: {name}",
    "empty": "tệp không có nội dung: {name}",
    "illegible": "ảnh không rõ chữ: {name}",
    "slow": "đọc quá lâu nên đã dừng: {name}",
    "no_ocr": "đây là bản quét hoặc ảnh; cần cài: apt-get install tesseract-ocr tesseract-ocr-vie ({name})",
    "no_doc": "tệp đời cũ; cần cài: apt-get install antiword, hoặc lưu thành .docx ({name})",
    "odd_letters": "bảng mã chưa nhận ra, cần chuyển sang Unicode: {name}",
    "heic": "chưa đọc được ảnh HEIC, cần chuyển sang JPG: {name}",
}
_ROSTER = {
    "missing_value": "thiếu {value}",
    "missing_column": "thiếu cột {value}",
    "missing_sheet": "thiếu trang tính {value}",
    "missing_agency": "thiếu dòng của cơ quan",
    "unknown_parent": "không có đơn vị cấp trên {value}",
    "unknown_role": "không có vai trò {value}",
    "unknown_unit": "không có đơn vị {value}",
    "unknown_field": "không hiểu mục {value}",
    "duplicate_code": "trùng mã đơn vị {value}",
    "duplicate_key": "trùng khóa {value}",
    "circular_parent": "đơn vị {value} thuộc chính nó",
    "too_long": "{value} quá dài",
    "not_a_mapping": "phải gồm các cặp tên và giá trị",
    "not_a_list": "phải là danh sách",
    "not_a_text": "{value} phải là chữ",
    "not_yaml": "không phải YAML: {value}",
    "not_a_roster": "không phải danh sách đơn vị, cán bộ",
}
_MOST_FAULTS = 10


def reason(error: Exception) -> str | None:
    """Return why it failed, without secrets; `None` for what nobody expected."""
    match error:
        case CommandFailed() | WrongUsage():
            return str(error)
        case SettingsProblem():
            return f"cấu hình chưa đúng: {' '.join(error.problems)}"
        case UnreadableFile():
            return _FILES[error.kind].format(name=error.name)
        case RosterProblem():
            return _faults(error.faults)
        case UserError():
            return _mistake(error)
        case CommandError():
            return "cơ sở dữ liệu mới hơn chương trình; cần dùng bản chương trình mới hơn"
        case OSError(errno=errno.EADDRINUSE | errno.EACCES | errno.EADDRNOTAVAIL):
            return f"không mở được cổng: {error.strerror}; xem HOST và PORT"
        case _:
            return _of_database(error)


def _of_database(error: Exception) -> str | None:
    if is_down(error):
        return "không kết nối được cơ sở dữ liệu; xem DATABASE_URL và máy chủ PostgreSQL"
    if isinstance(error, DBAPIError):
        return f"cơ sở dữ liệu báo lỗi: {Redactor()(str(error.orig)).splitlines()[0]}"
    return None


def _faults(faults: tuple[RosterFault, ...]) -> str:
    told = [f"{fault.where}: {_ROSTER.get(fault.kind, fault.kind).format(value=fault.value)}" for fault in faults]
    more = len(told) - _MOST_FAULTS
    shown = "; ".join(told[:_MOST_FAULTS])
    return f"danh sách có {len(told)} lỗi: {shown}" + (f"; và {more} lỗi khác" if more > 0 else "")


def _mistake(error: UserError) -> str:
    from handlers.catalogue import Catalogue
    from handlers.mistakes import answer_to

    said = answer_to(error, Catalogue(), "vi")
    return " ".join(" ".join((said.title or "", *said.lines)).split())
