"""A shipped edition with which a role would not hold is not taken, and takes nothing down."""

import logging
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from jobdesc.app import ROOT
from jobdesc.roles.checks import check_ids
from jobdesc.roles.inherit_levels import without_levels
from jobdesc.roles.lineage import resolved_on
from jobdesc.roles.own_part import body_of
from jobdesc.roles.parse import parse
from jobdesc.roles.template import RoleTemplate
from jobdesc.services.catalog import load_library
from jobdesc.services.content import Content, read_folder, seed
from jobdesc.services.roles import bring_back_role, create_role, list_roles, open_role, save_role
from jobdesc.store.roles import body_hash
from jobdesc.store.tables import RoleRow
from jobdesc.store.transactions import writing
from tests.accounts import NOW, quick_hashes
from tests.services.extending import with_child
from tests.services.roles import SLUG, administrator

__all__ = ["quick_hashes"]

CHILD = "seafarer-case-manager"


def without_lead() -> Content:
    """The shipped content, with a case-manager that has no longer a lead."""
    content = read_folder(ROOT / "content")
    body = without_levels(body_of(content.roles[SLUG]), ["lead"])
    return replace(content, roles=content.roles | {SLUG: parse(RoleTemplate, body)})


def test_an_edition_that_leaves_a_role_of_ours_without_a_level_is_not_taken(
    seeded_app: Flask,
) -> None:
    with seeded_app.app_context():
        actor = administrator(seeded_app)
        create_role(actor, "Leads", None, SLUG, NOW)
        child = bring_back_role(actor, "leads", NOW)
        others = [level for level in child.body["titles"] if level != "lead"]
        body = without_levels(child.body, others)
        save_role(actor, child.slug, body, child.started, NOW)
        outcomes = {role.slug: role for role in seed(without_lead(), NOW).roles}
        assert outcomes[SLUG].outcome == "unfit"
        assert outcomes[SLUG].words.startswith("Leads, which extends this role, would not hold.")
        library = load_library()
        assert "lead" in library.roles[SLUG].titles
        assert list(library.roles[child.slug].titles) == ["lead"]
        assert open_role(actor, SLUG).newer_edition
        assert seed(without_lead(), NOW).slugs("unfit") == [SLUG]


def test_editions_of_a_parent_and_its_child_are_judged_together(
    seeded_app: Flask, tmp_path: Path
) -> None:
    rows = [f"  {level}: null\n" for level in ("entry", "mid", "senior")]
    with seeded_app.app_context():
        older = read_folder(
            with_child(tmp_path / "older", "titles:\n" + "".join(rows)),
            lambda role, _: check_ids(role),
        )
        assert CHILD in seed(older, NOW).loaded
        newer = without_lead()
        own = older.own[CHILD] | {"titles": {"entry": None}}
        whole = resolved_on(own, newer.role_bodies[SLUG]).body
        roles = newer.roles | {CHILD: parse(RoleTemplate, whole)}
        newer = replace(newer, roles=roles, own={CHILD: own})
        assert {SLUG, CHILD} <= set(seed(newer, NOW).loaded)
        assert "lead" not in load_library().roles[CHILD].titles


def test_a_role_that_is_not_right_is_left_out_and_the_others_are_there(
    seeded_app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    with seeded_app.app_context():
        actor = administrator(seeded_app)
        child = create_role(actor, "Wards", None, SLUG, NOW)
        before = set(load_library().roles)
        with writing() as session:
            row = session.get_one(RoleRow, child.slug)
            row.body = {**row.body, "titles": dict.fromkeys(child.body["titles"])}
            row.body_hash = body_hash(row.body)
        with caplog.at_level(logging.ERROR):
            assert set(load_library().roles) == before - {child.slug}
        assert f"The role {child.slug} is left out of the library" in caplog.text
        assert child.slug not in {row.slug for row in open_role(actor, SLUG).children}
        assert child.slug not in {row.slug for row in list_roles(actor)}
