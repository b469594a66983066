"""What each former version of the tables stored, written through no code of ours.

How a new migration is tested: `make migration` writes it; then write `fill_<number>` here, which
calls the one before and inserts what the new version stores beside that, and give it to REVISIONS
under the number of the new migration. test_migrations.py and the tests of backups do the rest.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, inspect, text

from tests.samples import FOLDER, sample


def fill_0001(connection: Connection) -> None:
    """What version 0001 stored, through no code of ours."""
    moment = datetime(2026, 11, 23, 12).isoformat(sep=" ")  # noqa: DTZ001  (as the column has it)
    rows = {
        "person": {
            "id": 1, "name": "Ada Lake", "email": "ada@lake.gov", "email_key": "ada@lake.gov",
            "kind": "administrator", "password_hash": "x", "active": True, "created_at": moment,
        },
        "organization": {
            "id": 1, "body": (FOLDER / "organization.1.json").read_text(), "counter": 3,
            "changed_at": moment,
        },
        "role": {
            "slug": "case-manager", "name": "Case Manager",
            "body": (FOLDER / "role.1.json").read_text(), "body_hash": "a" * 64,
            "shipped_hash": "a" * 64, "changed_at": moment,
        },
        "posting_base": {"hash": "b" * 64, "body": '{"fields": {}, "lines": {}}'},
        "posting": {
            "id": 7, "role_slug": "case-manager", "level": "mid", "title": "Case Manager",
            "place": "Portland, OR", "state": "OR", "status": "draft", "owner_id": 1,
            "touched": True,
            "body": (FOLDER / "posting.1.json").read_text(), "base_hash": "b" * 64, "counter": 2,
            "created_at": moment, "changed_at": moment,
        },
    }  # fmt: skip
    if "words" in {column["name"] for column in inspect(connection).get_columns("posting")}:
        rows["posting"]["words"] = "case manager"  # until 0008
    for table, values in rows.items():
        insert(connection, table, **values)


def insert(connection: Connection, table: str, **values: object) -> None:
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), values)  # noqa: S608


def fill_0002(connection: Connection) -> None:
    """What version 0002 stored beside that: a posting of schema 2, its save and revisions."""
    fill_0001(connection)
    moment = datetime(2026, 11, 23, 12).isoformat(sep=" ")  # noqa: DTZ001
    body, former = ((FOLDER / f"posting.{schema}.json").read_text() for schema in (2, 1))
    base = sample("posting.2")["base"]
    insert(connection, "posting_base", hash=base, body='{"fields": {}, "lines": [], "offered": {}}')
    connection.execute(
        text("UPDATE posting SET body = :body, base_hash = :base"), {"body": body, "base": base}
    )
    save = {"posting_id": 7, "counter": 2, "person_id": 1, "made_at": moment, "changes": "[]"}
    insert(
        connection, "change_list", id=1, save_id="tab-1", parts='["Basics"]',
        outcome='{"sent": "x", "conflicts": [], "refused": []}', **save,
    )  # fmt: skip
    insert(connection, "change_list", id=2, save_id=None, parts=None, outcome=None, **save)
    times = {"opened_at": moment, "changed_at": moment, "level": "mid", "person_id": 1}
    insert(
        connection, "revision", posting_id=7, number=1, reason="started", closed_at=moment,
        counter=1, base_hash="b" * 64, body=former, **times,
    )  # fmt: skip
    insert(
        connection, "revision", posting_id=7, number=2, reason="edited", closed_at=None,
        counter=2, base_hash=base, body=body, **times,
    )  # fmt: skip


def fill_0003(connection: Connection) -> None:
    """What version 0003 stored beside that: an invitation, and a browser that is signed in."""
    fill_0002(connection)
    moment = datetime(2026, 11, 23, 12).isoformat(sep=" ")  # noqa: DTZ001
    insert(
        connection, "access_link", token_hash=b"t" * 32, purpose="invitation", person_id=None,
        name="", email="sam@lake.gov", email_key="sam@lake.gov", kind="recruiter", made_by=1,
        made_at=moment, expires_at=moment, ended_at=None, ended_why="",
    )  # fmt: skip
    insert(
        connection, "session", token_hash=b"s" * 32, person_id=1, created_at=moment,
        last_seen_at=moment, expires_at=moment, keep=False, browser="Firefox on Linux",
    )  # fmt: skip


def fill_0004(connection: Connection) -> None:
    """What version 0004 stored beside that: what lists sort by, and a zip that was asked for."""
    fill_0003(connection)
    connection.execute(text("UPDATE posting SET title_key = 'case manager', level_rank = 1"))
    moment = datetime(2026, 11, 23, 12).isoformat(sep=" ")  # noqa: DTZ001
    insert(
        connection, "export", id=1, person_id=1, formats="pdf", postings='[[7, "Case Manager"]]',
        state="ready", total=1, done=1, failed="[]", attempts=1, lease="", file="x.zip", size=9,
        seen=False, asked_at=moment, finished_at=moment, expires_at=moment,
    )  # fmt: skip


def fill_0005(connection: Connection) -> None:
    """What version 0005 stored beside that: a second revision, a child, and one that is retired."""
    fill_0004(connection)
    moment = datetime(2026, 11, 23, 12).isoformat(sep=" ")  # noqa: DTZ001
    body = (FOLDER / "role.1.json").read_text()
    own = '{"schema": 1, "slug": "child", "name": "Child", "family": "legal", "updated": '
    own += '"2026-11-23", "extends": "case-manager"}'
    connection.execute(
        text(
            "UPDATE role SET counter = 2, edition_hash = :hash, shipped_body = :body,"
            " retired_at = :now"
        ),
        {"hash": "a" * 64, "body": body, "now": moment},
    )
    insert(
        connection, "role", slug="child", name="Child", body=own, body_hash="c" * 64,
        shipped_hash="", edition_hash="", changed_at=moment, counter=1, extends="case-manager",
    )  # fmt: skip
    kept = {"note": "", "made_at": moment, "body_hash": "a" * 64, "name": "Case Manager"}
    for number, person in ((1, None), (2, 1)):
        insert(
            connection, "role_revision", slug="case-manager", number=number, person_id=person,
            reason="edited", body=body, **kept,
        )  # fmt: skip


def fill_0006(connection: Connection) -> None:
    """What version 0006 stored beside that: a posting that stands published, with its files."""
    fill_0005(connection)
    moment = datetime(2026, 11, 23, 12).isoformat(sep=" ")  # noqa: DTZ001
    connection.execute(text("UPDATE posting SET status = 'published'"))
    insert(
        connection, "publication", id=1, posting_id=7, number=1, revision=1, counter=1,
        title="Case Manager", place="Portland, OR", closing_date="2026-12-15", published_by=1,
        published_at=moment, closed_by=None, closed_at=None, closed_why="",
    )  # fmt: skip
    insert(
        connection, "publication_file", publication_id=1, form="pdf", name="x.pdf",
        media_type="application/pdf", digest="d" * 64, body=b"%PDF-\x00\xff",
    )  # fmt: skip


def fill_0007(connection: Connection) -> None:
    """What version 0007 stored beside that: an archived posting, and a view with a name."""
    fill_0006(connection)
    moment = datetime(2026, 11, 23, 12).isoformat(sep=" ")  # noqa: DTZ001
    archived = "UPDATE posting SET requisition = 'R-1', archived_at = :at, archived_by = 1"
    connection.execute(text(archived), {"at": moment})
    insert(
        connection, "saved_view", id=1, person_id=1, name="Oregon", name_key="oregon",
        query="state=OR", shared=True, made_at=moment,
    )  # fmt: skip


def fill_0008(connection: Connection) -> None:
    """What version 0008 stored beside that: a posting and a license that can be found."""
    fill_0007(connection)
    texts = {"title": "case manager", "names": "portland or oregon", "text": "helps people"}
    insert(connection, "search_entry", id=7, kind="posting", key="7", posting_id=7, **texts)
    insert(connection, "search_entry", id=-9, kind="credential", key="rn", posting_id=None, **texts)
    insert(connection, "search_word", piece="cas", word="case")


def fill_0009(connection: Connection) -> None:
    """What version 0009 stored beside that: a file of wage figures that was imported."""
    fill_0008(connection)
    moment = datetime(2026, 11, 23, 12).isoformat(sep=" ")  # noqa: DTZ001
    insert(
        connection, "wage_release", id=1, file_name="state_M2025_dl.xlsx", sha256="a" * 64, size=7,
        shipped=False, source_id="", year=2025, year_given=None, areas='["state"]', state="ready",
        slot=None, person_id=1, file="", read=2, total=2, taken=1, counts='{"rollup": 1}',
        faults="[]", absent="[]", examples="[]", why="", attempts=1, lease="", lease_until=None,
        asked_at=moment, finished_at=moment,
    )  # fmt: skip
    wages = {f"{kind}{at}": at * 100 for kind in "ha" for at in (10, 25, 50, 75, 90)}
    insert(
        connection, "wage_figure", release_id=1, area="41", occupation="21-1021", year=2025,
        employment=None, marks="*" + "=" * 10, **wages,
    )  # fmt: skip
    oregon = {"code": "41", "title": "Oregon", "kind": "state", "state": "OR", "year": 2025}
    insert(connection, "wage_area", release_id=1, **oregon)
    insert(connection, "wage_occupation", release_id=1, code="21-1021", title="Social Workers")


def fill_0010(connection: Connection) -> None:
    """What version 0010 stored beside that: a pay band, and who set it."""
    fill_0009(connection)
    moment = datetime(2026, 11, 23, 12).isoformat(sep=" ")  # noqa: DTZ001
    insert(
        connection, "pay_band", id=1, role_slug="case-manager", level="mid", state="OR",
        city="Portland", city_key="portland", low_cents=6_600_000, high_cents=8_400_000,
        unit="year", as_of="2026-07-01", note="", removed_at=None,
    )  # fmt: skip
    insert(
        connection, "pay_band_change", id=1, band_id=1, person_id=1, made_at=moment, act="added",
        before=None, after="{}", from_file=False,
    )  # fmt: skip


def fill_0011(connection: Connection) -> None:
    """What version 0011 stored beside that: a source that was edited, with both texts."""
    fill_0010(connection)
    moment = datetime(2026, 11, 23, 12).isoformat(sep=" ")  # noqa: DTZ001
    row = '{"id": "survey", "name": "A survey", "publisher": "An office", "verified": true, '
    row += '"as_of": "2026", "read": "2026-11-28"}'
    insert(
        connection, "reference", name="sources", body=f"[{row}]", body_hash="e" * 64,
        changed_at=moment,
    )  # fmt: skip
    for number, person in ((1, None), (2, 1)):
        insert(
            connection, "reference_revision", name="sources", key="survey", number=number,
            person_id=person, reason="edited", made_at=moment, body=row,
        )  # fmt: skip


def fill_0013(connection: Connection) -> None:
    """What version 0013 stored beside that: how somebody has the pages."""
    fill_0011(connection)
    moment = datetime(2026, 11, 23, 12).isoformat(sep=" ")  # noqa: DTZ001
    insert(
        connection, "person", id=2, name="Sam Rivera", email="sam@lake.gov",
        email_key="sam@lake.gov", kind="recruiter", password_hash="x", active=True,
        created_at=moment, theme="dark", letter_keys=False,
    )  # fmt: skip


REVISIONS: dict[str, Callable[[Connection], None]] = {
    "0001": fill_0001,
    "0002": fill_0002,
    "0003": fill_0003,
    "0004": fill_0004,
    "0005": fill_0005,
    "0006": fill_0006,
    "0007": fill_0007,
    "0008": fill_0008,
    "0009": fill_0009,
    "0010": fill_0010,
    "0011": fill_0011,
    "0012": fill_0011,  # which made indexes alone
    "0013": fill_0013,
}
