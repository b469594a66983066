"""Files of roles that extend others: checked as a whole, faults told where they can be mended."""

from pathlib import Path

import pytest
from flask import Flask

from jobdesc.app import ROOT
from jobdesc.services.catalog import load_library
from jobdesc.services.content import BadContent, read_folder, seed
from jobdesc.services.roles import open_role, save_role
from tests.accounts import NOW, quick_hashes
from tests.databases import SEED_TIME
from tests.marks import on_sqlite
from tests.services.extending import CHILD, GUIDE, HEAD, with_child
from tests.services.roles import SLUG, administrator, body_of_role, edit, reworded

__all__ = ["quick_hashes"]

SLUG_OF_CHILD = "seafarer-case-manager"


def faults(folder: Path) -> list[str]:
    with pytest.raises(BadContent) as caught:
        read_folder(folder)
    assert all(fault.startswith(f"{folder}/") for fault in caught.value.faults)
    return [fault.removeprefix(f"{folder}/") for fault in caught.value.faults]


def test_a_child_that_says_little_is_right(tmp_path: Path) -> None:
    content = read_folder(with_child(tmp_path / "content"))
    parent, child = content.roles[SLUG], content.roles[SLUG_OF_CHILD]
    assert child.duties == parent.duties
    assert child.guide.day == parent.guide.day
    assert child.guide.pay != parent.guide.pay
    assert content.role_bodies[SLUG_OF_CHILD].keys() == {
        "schema", "slug", "name", "family", "tagline", "updated", "extends", "guide",
    }  # fmt: skip
    assert "extends" not in content.role_bodies[SLUG]


@pytest.mark.parametrize(
    ("more", "line", "said"),
    [
        ("duties:\n  - id: closures\n    remove: true\n", 9,
         "duties.0.id: case-manager has no closures in duties. Did you mean closure? Correct the "
         "id, or remove these lines."),
        ("duties:\n  - id: closure\n    after: benefit\n", 10,
         "duties.0.after: benefit is not another line of duties here. Did you mean benefits? Name a"
         " line, or write start for the beginning."),
        ("duties:\n  - id: closure\n    remove: true\n    after: start\n", 9,
         "duties.0: is removed and also says after. Keep one of the two."),
        ("duties:\n  - id: closur\n    levels: {mid: end}\n", 9,
         "duties.0: says nothing. case-manager has no closur in duties. Did you mean closure? "
         "Correct the id, or give it a cell."),
        ("pay:\n  mid: {low: 1000, high: 2000}\n", 9,
         "pay.mid: earns less than the level below. Give at least 37,900 to 44,100."),
        ("pay:\n  mid: null\n", 9, "pay: has no mid. Add it, or remove the level's title."),
        ("titles: {lead: null}\npay: {lead: {low: 1, high: 2}}\n", 9,
         "pay.lead: has no title at this level. Add it to titles."),
        ("caseload: {mid: null, boss: null}\n", 8, "caseload.boss: is 'boss'. Use one of"),
        ("education: []\nsynonyms: [One]\n", 9, "synonyms: has 1. Give at least 3."),
        ("duties:\n  - id: closure\n    levels:\n      mid: Close 40 cases.\n", 9,
         "duties.0: states a fact without a source. Add source."),
        ("skills:\n  - id: writing\n    levls: {}\n", 10,
         "skills.0.levls: is not a known key. Did you mean levels?"),
        ("guide:\n  similar:\n    - {name: X, difference: Y, role: nowhere}\n", 10,
         "guide.similar.0.role: nowhere is not in the library. Correct or remove it."),
        ("guide: {day: []}\n", 8, "guide.day: is missing. Give at least 5."),
    ],
)  # fmt: skip
def test_a_fault_that_the_file_says_is_told_at_its_line(
    tmp_path: Path, more: str, line: int, said: str
) -> None:
    found = faults(with_child(tmp_path / "content", more))
    named = [fault for fault in found if said in fault]
    assert named, found
    assert named[0].startswith(f"{CHILD}:{line}: "), named


def test_a_fault_of_the_whole_that_the_file_does_not_say_is_told_at_extends(tmp_path: Path) -> None:
    more = "occupations:\n  - {code: 21-1093, why: It is near.}\n"
    found = faults(with_child(tmp_path / "content", more + GUIDE))
    assert found[0] == (
        f"{CHILD}:7: extends: with what comes from case-manager, pay.entry.occupations 21-1099 is "
        "not one of the role's occupations. Add it there, with why."
    )
    assert all(fault.startswith(f"{CHILD}:7: extends: ") for fault in found)


def test_lines_of_the_parent_are_named_by_id_where_they_are_at_fault(tmp_path: Path) -> None:
    more = "experience:\n  - {id: field-practice, remove: true}\ncredentials:\n"
    more += "  - {id: ccm, levels: {mid: required}}\n"
    found = faults(with_child(tmp_path / "content", more))
    assert any("credentials.0.levels.mid: CCM" in fault or "takes 24 months" in fault
               for fault in found), found  # fmt: skip


def test_what_the_parents_file_has_too_is_told_there_alone(tmp_path: Path) -> None:
    folder = with_child(tmp_path / "content")
    parent = folder / "roles" / f"{SLUG}.yaml"
    text = parent.read_text(encoding="utf-8")
    parent.write_text(text.replace("mid: {low: 44100", "mid: {low: 44200", 1), encoding="utf-8")
    assert {fault.partition(":")[0] for fault in faults(folder)} == {f"roles/{SLUG}.yaml"}


def test_a_parent_that_cannot_be_read_is_told_once(tmp_path: Path) -> None:
    folder = with_child(tmp_path / "content")
    parent = folder / "roles" / f"{SLUG}.yaml"
    text = parent.read_text(encoding="utf-8")
    parent.write_text(text.replace("tagline:", "tagLine:", 1), encoding="utf-8")
    assert {fault.partition(":")[0] for fault in faults(folder)} == {f"roles/{SLUG}.yaml"}


@pytest.mark.parametrize(
    ("extends", "said"),
    [
        ("nobody", "extends: nobody, which this role extends, is not in the library."),
        ("seafarer-case-manager",
         "extends: makes a circle: seafarer-case-manager extends seafarer-case-manager."),
        ("[a]", "extends: must be text. Put it in quotes."),
        ("", "extends: must be text. Put it in quotes."),
    ],
)  # fmt: skip
def test_a_parent_that_cannot_be_one_is_told_at_extends(
    tmp_path: Path, extends: str, said: str
) -> None:
    head = HEAD.replace("extends: case-manager", f"extends: {extends}")
    [fault] = faults(with_child(tmp_path / "content", head=head))
    assert fault.startswith(f"{CHILD}:7: {said}")


def test_a_shipped_role_may_not_extend_a_retired_one(tmp_path: Path) -> None:
    folder = with_child(tmp_path / "content")
    parent = folder / "roles" / f"{SLUG}.yaml"
    text = parent.read_text(encoding="utf-8")
    parent.write_text(f"{text}\nretired: true\n", encoding="utf-8")
    told = (
        f"{CHILD}:7: extends: case-manager is retired. Extend another role, or bring that one back."
    )
    assert told in faults(folder)
    parent.write_text(f"{text}\nretired: 1\n", encoding="utf-8")
    assert any("retired: must be true, or not be there. Remove it." in f for f in faults(folder))
    parent.write_text(f"{text}\noffered: true\n", encoding="utf-8")
    assert any("offered: must be false, or not be there. Remove it." in f for f in faults(folder))
    parent.write_text(f"{text}\noffered: false\n", encoding="utf-8")
    assert any("case-manager is not offered. Extend another" in f for f in faults(folder))


def test_a_child_is_seeded_read_whole_and_taken_anew_with_its_parent(
    app: Flask, tmp_path: Path
) -> None:
    content = read_folder(with_child(tmp_path / "content"))
    with app.app_context():
        seeded = seed(content, SEED_TIME)
        assert len(seeded.loaded) == len(content.roles)
        assert load_library().roles == content.roles
        parent = tmp_path / "content" / "roles" / f"{SLUG}.yaml"
        text = parent.read_text(encoding="utf-8")
        parent.write_text(text.replace("You carry your own", "You have your own", 1), "utf-8")
        newer = read_folder(tmp_path / "content")
        seeded = seed(newer, SEED_TIME)
        assert [(role.slug, role.words) for role in seeded.roles if role.words] == [
            (SLUG, "Basics: summary at II")
        ]
        assert load_library().roles[SLUG_OF_CHILD].summary["mid"].text.startswith("You have")


def test_an_edition_that_would_make_a_circle_here_is_kept_apart(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        seed(read_folder(with_child(tmp_path / "content")), SEED_TIME)
        actor = administrator(app)
        child = open_role(actor, SLUG_OF_CHILD)
        mine = reworded(child.body, "closure", "mid", "Ours.")
        save_role(actor, SLUG_OF_CHILD, mine, child.started, NOW)
        parent = tmp_path / "content" / "roles" / f"{SLUG}.yaml"
        head = HEAD.replace("seafarer-case-manager", SLUG).replace(
            f"extends: {SLUG}", "extends: legal-case-manager"
        )
        text = parent.read_text(encoding="utf-8")  # the child says it now, as others extend it
        parent.write_text(head, encoding="utf-8")
        (tmp_path / "content" / CHILD).write_text(
            text.replace(f"slug: {SLUG}", f"slug: {SLUG_OF_CHILD}", 1), encoding="utf-8"
        )
        legal = tmp_path / "content" / "roles" / "legal-case-manager.yaml"
        legal.write_text(
            HEAD.replace(SLUG_OF_CHILD, "legal-case-manager").replace(
                f"extends: {SLUG}", f"extends: {SLUG_OF_CHILD}"
            ),
            encoding="utf-8",
        )
        newer = read_folder(tmp_path / "content")
        seeded = {role.slug: role for role in seed(newer, NOW).roles}
        assert seeded[SLUG_OF_CHILD].outcome == "kept"
        assert seeded["legal-case-manager"].outcome == "unfit"
        assert seeded[SLUG].outcome == "taken"
        assert "makes a circle" in seeded["legal-case-manager"].words
        assert set(load_library().roles) >= {SLUG, SLUG_OF_CHILD, "legal-case-manager"}


@on_sqlite
def test_credentials_and_sources_of_our_own_outlive_a_seed(
    seeded_app: Flask, tmp_path: Path
) -> None:
    folder = with_child(tmp_path / "content")
    sources = folder / "sources.yaml"
    more = '\n- {id: our-survey, name: Our survey, as_of: "2026", verified: true}\n'
    sources.write_text(sources.read_text(encoding="utf-8") + more, encoding="utf-8")
    with seeded_app.app_context():
        seed(read_folder(folder), NOW)
        seed(read_folder(ROOT / "content"), NOW)
        assert "our-survey" in load_library().references.sources
        actor = administrator(seeded_app)
        edit(actor, **reworded(body_of_role(actor), "closure", "mid", "Ours."))
