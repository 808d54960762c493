"""Numbers and dates of documents."""

from datetime import date

import pytest

from core.speech import DocumentRef, complete_document, understand

MAY = date(2023, 5, 4)
APRIL_27 = date(2023, 4, 27)


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("45 27/4", DocumentRef("45", APRIL_27)),
        ("45, 27/4", DocumentRef("45", APRIL_27)),
        ("45 ngày 27/4", DocumentRef("45", APRIL_27)),
        ("45 27.4", DocumentRef("45", APRIL_27)),
        ("45 ngày 27 tháng 4", DocumentRef("45", APRIL_27)),
        ("45 27/4/2023", DocumentRef("45", APRIL_27, year_typed=True)),
        ("ttr 45", DocumentRef("45/TTr", None, "TTr")),
        ("tờ trình số 45 ngày 27/4", DocumentRef("45/TTr", APRIL_27, "TTr")),
        ("so 45/ttr ngay 27.4", DocumentRef("45/TTr", APRIL_27, "TTr")),
        ("số 45", DocumentRef("45")),
        ("TTr 45/TTr-SCT ngày 27/4/2023", DocumentRef("45/TTr-SCT", APRIL_27, "TTr", "SCT", year_typed=True)),
        ("qd 812 ngay 02/5", DocumentRef("812/QĐ", date(2023, 5, 2), "QĐ")),
        ("812/qđ-sct 2/5", DocumentRef("812/QĐ-SCT", date(2023, 5, 2), "QĐ", "SCT")),
        ("752/SCT-VP", DocumentRef("752/SCT-VP", None, "CV", "SCT-VP")),
        ("cv 752 hôm qua", DocumentRef("752/CV", date(2023, 5, 3), "CV")),
        ("812", DocumentRef("812")),
    ],
)
def test_a_document_alone(text, document):
    heard = understand(text, today=MAY)
    assert (heard.intent, heard.document) == ("document", document)


@pytest.mark.parametrize(
    ("text", "intent", "document"),
    [
        ("xong 3.5 45 27/4", "done", DocumentRef("45", APRIL_27)),
        ("3.5 45 27/4", "done", DocumentRef("45", APRIL_27)),
        ("3.5 da co so 45 27/4", "done", DocumentRef("45", APRIL_27)),
        ("3.5 đã ký, số 45 ngày 27/4", "done", DocumentRef("45", APRIL_27)),
        ("3.5: đã trình UBND tỉnh tại Tờ trình số 45/TTr-SCT ngày 27/4/2023", "done",
         DocumentRef("45/TTr-SCT", APRIL_27, "TTr", "SCT", year_typed=True)),
        ("3.5 xong ngày 27/4 theo ttr 45", "done", DocumentRef("45/TTr", APRIL_27, "TTr")),
        ("3.5 da trinh gd ttr 45", "present", DocumentRef("45/TTr", None, "TTr")),
        ("3.7 xong tb 718", "done", None),
        ("gia han 3.4 15/7", "extend", None),
        ("3.6 cho so lieu 2 huyen, xong 10/7", "blocked", None),
        ("xong 3.5 thu 6 28/4", "done", None),
    ],
)  # fmt: skip
def test_a_document_within_a_sentence(text, intent, document):
    heard = understand(text, today=MAY)
    assert (heard.intent, heard.document) == (intent, document)


@pytest.mark.parametrize(
    ("given", "number", "dated"),
    [
        (DocumentRef("45", date(2024, 4, 27)), "45/TTr-SCT", APRIL_27),
        (DocumentRef("45/TTr", APRIL_27, "TTr"), "45/TTr-SCT", APRIL_27),
        (DocumentRef("812/QĐ", None, "QĐ"), "812/QĐ-SCT", None),
        (DocumentRef("752/CV", None, "CV"), "752/SCT", None),
        (
            DocumentRef("45/TTr-UBND", date(2022, 4, 27), "TTr", "UBND", year_typed=True),
            "45/TTr-UBND",
            date(2022, 4, 27),
        ),
        (DocumentRef("45", date(2024, 2, 29)), "45/TTr-SCT", date(2024, 2, 29)),
    ],
)
def test_what_was_not_typed_is_filled_in(given, number, dated):
    whole = complete_document(given, year=2023, agency_code="SCT")
    assert (whole.number, whole.dated) == (number, dated)


def test_without_a_kind_to_assume_the_number_stays_as_it_is():
    assert complete_document(DocumentRef("45"), year=2023, agency_code="SCT", default_kind=None).number == "45"
