"""Several acts in one message."""

from datetime import date

import pytest

from core.speech import understand_all

TODAY = date(2023, 7, 5)


def _told(text: str) -> list[str]:
    return [f"{one.intent} {' '.join(map(str, one.refs))}".strip() for one in understand_all(text, today=TODAY)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("3.7 cho so, 3.2.2 dung tien do", ["reported 3.7", "progress 3.2.2"]),
        ("3.7 cho so 3.2.2 dung tien do", ["reported 3.7", "progress 3.2.2"]),
        ("3.7: xong. 3.4: vuong bdt", ["done 3.7", "blocked 3.4"]),
        ("Kính gửi anh, 3.7 cho so; 3.2.2 dung tien do", ["reported 3.7", "progress 3.2.2"]),
        ("3.5 xong\n3.7 chưa xong\n3.4 vướng BDT", ["done 3.5", "progress 3.7", "blocked 3.4"]),
        ("Em báo cáo:\n- 3.5 xong\n- 3.7 chờ ký", ["done 3.5", "present 3.7"]),
        ("xong 3.5, 3.7 chua xong", ["done 3.5", "progress 3.7"]),
        ("xong 3.5 con 3.7 chua xong", ["done 3.5", "progress 3.7"]),
        ("xong 3.5, vuong 3.4 cho bdt", ["done 3.5", "blocked 3.4"]),
        ("3.5 và 3.6 xong, 3.7 chờ ký", ["done 3.5 3.6", "present 3.7"]),
        ("gia han 3.4 den 15.7, 3.6 den 20.7", ["extend 3.4", "extend 3.6"]),
        ("xong 3.5, 3.7", ["done 3.5 3.7"]),
        ("xong 3.5, 3.7 roi nhe", ["done 3.5 3.7"]),
        ("3.5, 3.7 xong", ["done 3.5 3.7"]),
        ("3.5 làm chung với 3.7 rồi", ["text 3.5 3.7"]),
        ("/done 3.5, 3.7", ["done 3.5 3.7"]),
        ("/report 3.5 đã gửi, 3.7 chưa xong", ["report 3.5"]),
        ("ok", ["acknowledge"]),
        ("", ["unknown"]),
    ],
)
def test_clauses(text, told):
    assert _told(text) == told


def test_each_clause_keeps_its_own_date_and_document():
    first, second = understand_all("gia han 3.4 den 15.7, 3.6 den 20.7", today=TODAY)
    assert (first.date, second.date) == (date(2023, 7, 15), date(2023, 7, 20))
    done, _ = understand_all("3.5 xong 45 27/4, 3.7 cho ky", today=TODAY)
    assert done.document is not None
    assert done.document.number == "45"
