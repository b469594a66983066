"""Every script, and text meant to do harm, in a PDF: never an empty box, always PDF/UA-1."""

import time

import pytest

from jobdesc.documents.blocks import Fact, Outline, Paragraph
from jobdesc.documents.pdf import render_pdf
from tests.documents.builders import a_list, a_section, an_outline
from tests.documents.reading import lines, rules_failed, shown, squeezed

TEXTS = {
    "emoji": "Join us 🎉 👩🏽\u200d⚕️ 🇺🇸 ❤️ ✓ ★ → 1️⃣ 😀",
    "hebrew": "אחות מוסמכת בתיאום טיפול (RN) עם 3 שנות ניסיון",
    "arabic": "ممرضة مسجلة لإدارة الحالات، ٤٠ ساعة في الأسبوع",
    "chinese": "註冊護士個案經理，需要三年經驗 简体中文",
    "korean": "공인 간호사 사례 관리자",
    "vietnamese": "Điều phối viên chăm sóc sức khỏe tiếng Việt",
    "greek": "Νοσηλεύτρια διαχείρισης περιστατικών",
    "russian": "Медсестра-координатор",
    "hindi": "पंजीकृत नर्स केस मैनेजर",
    "bengali": "নিবন্ধিত নার্স",
    "khmer": "គិលានុបដ្ឋាយិកា",
    "thai": "ผู้จัดการรายกรณีพยาบาลวิชาชีพ",
    "signs": "∑ ≤ ½ ² ™ © 𝒜 ☐ ☑ ① “quoted” – — …",
    "unseen": "a\u200bb\u200dc\u200ed\u2060e\u00adf\u2028g\u202eh\u202ci\u061cj\u034fk\u115f",
    "private": "\ue000 \U000f0000 \ufffd \ufffc",
    "controls": "a\x00b\x07c\x1bd\x7fe\x85f\x0bg\x0ch\ti",
    "markup": "<script>alert(1)</script></style> & {{ 7*7 }} <img src=file:///etc/passwd>",
}


def everywhere(text: str) -> Outline:
    """`text` in every place that an outline has."""
    return an_outline(
        title=text[:90],
        organization=text[:90],
        subtitle=text,
        footnote=text,
        facts=(Fact(label=text, value=text),),
        sections=(a_section(text, Paragraph(text=text), a_list(text, text, lead=text)),),
    )


@pytest.mark.parametrize("name", TEXTS)
def test_no_empty_box_and_no_broken_rule(name: str) -> None:
    pdf = render_pdf(everywhere(TEXTS[name]))
    assert rules_failed(pdf) == []
    assert all(0 not in glyphs for glyphs in shown(pdf).glyphs.values())


@pytest.mark.parametrize("name", ["vietnamese", "greek", "russian", "markup"])
def test_text_can_be_read_back(name: str) -> None:
    said = [squeezed(line) for line in lines(render_pdf(everywhere(TEXTS[name])))]
    assert said.count(squeezed(TEXTS[name])) >= 8


def test_an_emoji_is_printed_as_its_name() -> None:
    assert "Nurse [party popper]" in lines(render_pdf(an_outline(title="Nurse 🎉")))


@pytest.mark.parametrize("text", ["W" * 10_000, "漢" * 10_000, "a\u0301" * 5_000])
def test_a_word_of_ten_thousand_letters_ends_in_time(text: str) -> None:
    start = time.process_time()
    pdf = render_pdf(an_outline(sections=(a_section("Long", Paragraph(text=text), a_list(text)),)))
    assert time.process_time() - start < 4
    assert rules_failed(pdf) == []
