"""The pages of the organization's pay ranges, without a script: edited, met by another, files."""

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from jobdesc.people.person import Kind
from jobdesc.postings.band_file import COLUMNS
from tests.accounts import Clock, add_person, csrf_of, post, quick_hashes, set_up, sign_in
from tests.desk import furnish, summary
from tests.forms import form_values, parsed
from tests.marks import on_sqlite
from tests.role_pages import open_part, send_part
from tests.web.test_guides import page_of, words_in

__all__ = ["quick_hashes"]

pytestmark = on_sqlite

PAGE = "/settings/pay/case-manager"
HEAD = ",".join(COLUMNS)
LINE = "case-manager,mid,OR,Portland,66000,84000,year,2026-07-01,\n"


@pytest.fixture
def editor(seeded_app: Flask) -> FlaskClient:
    """Signed in as somebody who sets pay."""
    Clock(seeded_app)
    set_up(seeded_app)
    furnish(seeded_app)
    client = seeded_app.test_client()
    sign_in(client)
    return client


def band(low: str, high: str = "90,000", spot: str = "0:mid", **more: str) -> dict[str, str]:
    values = {"low": low, "high": high, "per": "year", "as_of": "2026-07-01", "note": "", **more}
    return {f"band:{spot}:{name}": text for name, text in values.items()}


def send(client: FlaskClient, form: dict[str, str], act: str = "save") -> TestResponse:
    return client.post(PAGE, data={**form, "act": act})


def opened(client: FlaskClient) -> dict[str, str]:
    page = client.get(PAGE)
    assert page.status_code == 200
    return form_values(parsed(page.text), PAGE)


def ranges(client: FlaskClient) -> list[str]:
    return client.get("/settings/pay/ranges.csv").text.removeprefix("\ufeff").splitlines()[1:]


def test_ranges_are_typed_saved_changed_and_taken_away(editor: FlaskClient) -> None:
    form = opened(editor)
    assert send(editor, form | band("66,000") | band("30", "35.5", "0:lead", per="hour")
                ).status_code == 303  # fmt: skip
    assert ranges(editor) == [
        "case-manager,mid,,,66000,90000,year,2026-07-01,",
        "case-manager,lead,,,30,35.50,hour,2026-07-01,",
    ]
    form = opened(editor)
    assert (form["band:0:mid:low"], form["band:0:lead:high"]) == ("66,000", "35.50")
    send(editor, form | band("67,000") | band("", "", "0:lead"))
    assert ranges(editor) == ["case-manager,mid,,,67000,90000,year,2026-07-01,"]
    page = editor.get(PAGE)
    assert "Level Lead, any place" in page.text
    assert "$66,000 to $90,000 a year, as of Jul 1, 2026" in page.text
    [back] = [path for path in page.text.split('"') if "/bring-back/" in path]
    assert post(editor, back).status_code == 303
    assert len(ranges(editor)) == 2
    assert post(editor, back).status_code == 404
    assert words_in(page_of(editor, "/settings/pay")).count("Any place") == 1


def test_a_place_is_added_with_every_typed_word_kept(editor: FlaskClient) -> None:
    typed = opened(editor) | band("much")
    page = send(editor, typed, "add-place")
    assert page.status_code == 200
    form = form_values(parsed(page.text), PAGE)
    assert form["band:0:mid:low"] == "much"
    new = {"place:1:state": "oregon", "place:1:city": "Portland"} | band("70,000", spot="1:mid")
    assert send(editor, form | band("66,000") | new).status_code == 303
    assert [line.split(",")[2:4] for line in ranges(editor)] == [["", ""], ["OR", "Portland"]]
    form = form_values(parsed(send(editor, opened(editor), "add-place").text), PAGE)
    twice = {"place:2:state": "OR", "place:2:city": "PORTLAND"} | band("1", spot="2:mid")
    assert "This place is here twice" in send(editor, form | twice).text
    nowhere = {"place:2:state": "", "place:2:city": ""} | band("70,000", spot="2:mid")
    assert "Enter the state, like OR" in send(editor, form | nowhere).text
    assert send(editor, form).status_code == 303


def test_what_is_wrong_is_told_at_its_field_and_nothing_is_saved(editor: FlaskClient) -> None:
    form = opened(editor) | band("80,000") | band("much", "1", "0:lead", as_of="soon", note="<b>")
    page = send(editor, form)
    assert page.status_code == 422
    assert "<title>Error: " in page.text
    for control in ("band-0-lead-low", "band-0-lead-as_of"):
        assert f'href="#{control}"' in page.text
        assert f'id="{control}-error"' in page.text
    assert form_values(parsed(page.text), PAGE)["band:0:mid:low"] == "80,000"
    assert form_values(parsed(page.text), PAGE)["band:0:lead:note"] == "<b>"
    assert ranges(editor) == []


def test_a_day_beside_no_pay_is_judged_too(editor: FlaskClient) -> None:
    day = {"band:0:mid:as_of": "soon", "band:0:lead:as_of": "2999-01-01"}
    page = send(editor, opened(editor) | band("much", "1", "0:senior") | day)
    wrong = summary(parsed(page.text))
    assert "from which it holds" in wrong["band-0-mid-as_of"]
    assert "up to today" in wrong["band-0-lead-as_of"]
    assert form_values(parsed(page.text), PAGE)["band:0:mid:as_of"] == "soon"
    assert send(editor, opened(editor) | {"band:0:mid:as_of": "2026-07-01"}).status_code == 303
    assert ranges(editor) == []


def test_a_save_that_meets_anothers_shows_both_and_replaces_only_when_asked_again(
    editor: FlaskClient,
) -> None:
    mine = opened(editor)
    send(editor, opened(editor) | band("66,000"))
    page = send(editor, mine | band("70,000") | band("80,000", spot="0:senior"))
    assert page.status_code == 409
    assert "Someone else made this $66,000 to $90,000 a year" in page.text
    assert "1 range saved" in page.text
    assert [line.split(",")[4] for line in ranges(editor)] == ["66000", "80000"]
    again = form_values(parsed(page.text), PAGE)
    assert again["band:0:mid:low"] == "70,000"
    assert send(editor, again).status_code == 303
    assert [line.split(",")[4] for line in ranges(editor)] == ["70000", "80000"]


def test_theirs_is_taken_row_by_row_and_what_else_was_typed_stays(editor: FlaskClient) -> None:
    mine = opened(editor)
    send(editor, opened(editor) | band("66,000") | band("77,000", spot="0:lead"))
    met = send(editor, mine | band("70,000") | band("80,000", spot="0:lead"))
    again = form_values(parsed(met.text), PAGE) | band("72,000", spot="0:senior")
    page = send(editor, again, "theirs:0:mid")
    assert page.status_code == 200
    kept = form_values(parsed(page.text), PAGE)
    assert [kept[f"band:0:{level}:low"] for level in ("mid", "senior", "lead")] == [
        "66,000", "72,000", "80,000",
    ]  # fmt: skip
    assert page.text.count("Someone else made this") == 1  # of the row that still differs
    assert send(editor, kept | band("72,000", spot="0:senior")).status_code == 303
    assert [line.split(",")[4] for line in ranges(editor)] == ["66000", "72000", "80000"]
    for odd in ("theirs:", "theirs:9:mid", "theirs:0:boss", "theirs:x"):
        assert send(editor, opened(editor), odd).status_code == 200


def test_a_range_at_a_level_that_is_taken_out_meanwhile_comes_back_with_what_to_do(
    editor: FlaskClient,
) -> None:
    take(editor, HEAD + "\n" + LINE)
    form = opened(editor)
    basics = open_part(editor, "case-manager", "basics")
    basics["titles:senior"], basics["drop"] = "", "senior"
    assert send_part(editor, "case-manager", "basics", basics).status_code == 303
    page = send(editor, form | band("70,000") | band("80,000", spot="0:senior"))
    assert page.status_code == 422
    assert "This level was taken out meanwhile" in summary(parsed(page.text))["band-0-senior-low"]
    back = form_values(parsed(page.text), PAGE)
    assert (back["band:0:mid:low"], back["band:0:senior:low"]) == ("70,000", "80,000")
    assert len(ranges(editor)) == 1
    assert send(editor, back | band("", "", "0:senior")).status_code == 303
    assert len(ranges(editor)) == 2
    assert "band:0:senior:low" not in opened(editor)


def test_what_another_took_away_is_not_lost_with_its_place(editor: FlaskClient) -> None:
    take(editor, HEAD + "\n" + LINE)
    mine, theirs = opened(editor), opened(editor)
    number = next(name.split(":")[1] for name in mine if mine[name] == "Portland")
    send(editor, theirs | band("", "", f"{number}:mid"))
    page = send(editor, mine | band("71,000", spot=f"{number}:mid"))
    assert page.status_code == 409
    assert "Someone else removed this range." in page.text
    assert send(editor, form_values(parsed(page.text), PAGE)).status_code == 303
    assert [line.split(",")[4] for line in ranges(editor)] == ["71000"]


def test_hostile_forms_are_answered_in_words(editor: FlaskClient) -> None:
    token = opened(editor)["csrf_token"]
    for odd in ({"place:x:state": "OR"}, {"place:99999:state": ""}, {"place:²:state": ""},
                {"place:3:state": "", "band:3:mid:low": "1"},
                {"place:0:state": "", "band:0:chief:low": "1"},
                {"place:1:state": "\x00'\"><script>", "place:1:new": "1"}):  # fmt: skip
        answer = editor.post(PAGE, data={"csrf_token": token, "act": "save", **odd})
        assert answer.status_code in (303, 422), odd
        assert "<script>" not in answer.text.replace("<script ", "")
    assert ranges(editor) == []
    assert editor.get("/settings/pay/no-such-role").status_code == 404
    assert post(editor, "/settings/pay/no-such-role").status_code == 404


def check(client: FlaskClient, data: bytes, name: str = "pay.csv") -> TestResponse:
    token = csrf_of(client.get("/settings/pay"))
    sent = {"csrf_token": token, "file": (BytesIO(data), name)}
    return client.post("/settings/pay/file/check", data=sent, content_type="multipart/form-data")


def take(client: FlaskClient, text: str) -> TestResponse:
    page = check(client, text.encode())
    assert page.status_code == 200, page.text
    form = form_values(parsed(page.text), "/settings/pay/file/take")
    return client.post("/settings/pay/file/take", data=form)


def test_a_file_is_looked_at_taken_and_changes_nothing_a_second_time(editor: FlaskClient) -> None:
    text = HEAD + "\n" + LINE + 'case-manager,lead,,,30,35.5,hour,2026-07-01,"\'=1+1"\n'
    page = check(editor, text.encode())
    assert page.status_code == 200
    assert "Take 2 changes" in page.text
    assert ranges(editor) == []
    form = form_values(parsed(page.text), "/settings/pay/file/take")
    assert editor.post("/settings/pay/file/take", data=form).status_code == 303
    whole = editor.get("/settings/pay/ranges.csv")
    assert "'=1+1" in whole.text
    assert "Nothing to change: all 2 ranges" in check(editor, whole.data).text
    stale = editor.post("/settings/pay/file/take", data=form)
    assert stale.status_code == 409
    assert "Look at the changes again" in stale.text
    assert "from a file" in editor.get(PAGE).text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "This file is empty"),
        (b"%PDF-1.7\n\x00\x01", "not a CSV file"),
        (b"role,level\n", "does not name state"),
        (f"{HEAD}\n{LINE}{LINE}".encode(), "stands in line 2 already"),
        (f"{HEAD}\n{LINE}lawyer,mid,,,1,2,year,2026-07-01,<b>\n".encode(), "no role called lawyer"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why_and_changes_nothing(
    editor: FlaskClient, data: bytes, words: str
) -> None:
    page = check(editor, data)
    assert page.status_code == 422
    assert words in page.text
    assert ranges(editor) == []


def test_no_file_and_a_forged_take_are_refused(editor: FlaskClient) -> None:
    assert "Choose a CSV file." in check(editor, b"", "").text
    forged = {"text": HEAD + "\n" + LINE, "mark": "0" * 16}
    assert post(editor, "/settings/pay/file/take", **forged).status_code == 409
    assert post(editor, "/settings/pay/file/take", text="x" * 2_000_000).status_code == 422
    assert ranges(editor) == []


def test_the_pay_field_offers_the_range_and_takes_it_without_a_script(editor: FlaskClient) -> None:
    start = post(editor, "/postings", role="case-manager", level="mid")
    form = form_values(parsed(editor.get(start.location).text), start.location)
    editor.post(start.location, data={**form, "title": "Mine", "action": "save"})
    take(editor, HEAD + "\n" + LINE.replace("66000", "66000.50"))
    page = editor.get(start.location)
    words = "Your organization&#39;s range for level II in Portland, OR is $66,000.50 to $84,000"
    assert words in page.text
    form = form_values(parsed(page.text), start.location)
    sent = {**form, "pay_low": "61,000", "action": "use-text:pay"}
    assert editor.post(start.location, data=sent).status_code == 303
    after = form_values(parsed(editor.get(start.location).text), start.location)
    assert (after["pay_low"], after["pay_high"]) == ("66,000.50", "84,000")
    assert "Use this range" not in editor.get(start.location).text
    low = {**after, "pay_low": "20,000", "action": "save"}
    editor.post(start.location, data=low)
    shown = editor.get(start.location).text
    assert "Below the minimum wage of Oregon, $15.55 an hour (from Jul 1, 2026)" in shown
    assert "$20,000 is below your organization&#39;s range, $66,000.50 to $84,000" in shown
    assert "dol.gov" in shown


def test_the_chart_shows_every_level_at_the_chosen_place_in_both_units(
    editor: FlaskClient, seeded_app: Flask
) -> None:
    take(editor, HEAD + "\n" + LINE)
    add_person(seeded_app, Kind.RECRUITER)
    reader = seeded_app.test_client()
    sign_in(reader, "recruiter@lakecounty.gov")
    plain = reader.get("/roles/case-manager/pay").text
    assert "Level II pays $66,000" not in plain
    portland = page_of(reader, "/roles/case-manager/pay?state=OR&city=portland")
    words = words_in(portland)
    assert "Level II pays $66,000 to $84,000 a year in your organization." in words
    assert "The minimum wage of Oregon is $15.55 an hour (from Jul 1, 2026)" in words
    assert len(portland.find_class("chart-band")) == 1
    assert len(portland.find_class("chart-level")) == 5
    hourly = words_in(page_of(reader, "/roles/case-manager/pay?state=OR&city=Portland&per=hour"))
    assert "Level II pays $31.73 to $40.38 an hour in your organization." in hourly
    for odd in ("state=Atlantis", "state=%22%3Cb%3E&city=x", "per=week&city=" + "x" * 5_000):
        assert reader.get(f"/roles/case-manager/pay?{odd}").status_code == 200
    assert "Atlantis is not a state" in reader.get("/roles/case-manager/pay?state=Atlantis").text
    assert reader.get("/roles/no-such-role/pay").status_code == 404
