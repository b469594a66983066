"""The table of rights, written out once more by hand."""

import pytest

from jobdesc.people.person import OPERATOR, Kind, Person
from jobdesc.people.rights import Action, Forbidden, kinds_that_may, may, require

GOLDEN = """
                      administrator  hr_editor  hiring_director  recruiter
READ_LIBRARY          yes            yes        yes              yes
READ_POSTINGS         yes            yes        yes              yes
DOWNLOAD_POSTING      yes            yes        yes              yes
START_POSTING         yes            yes        yes              no
EDIT_POSTING          yes            yes        yes              no
PUBLISH_POSTING       yes            yes        no               no
ASSIGN_POSTING        yes            yes        no               no
EDIT_ROLES            yes            yes        no               no
EDIT_ORGANIZATION     yes            yes        no               no
EDIT_PAY_BANDS        yes            yes        no               no
CHANGE_LOCKED         yes            no         no               no
IMPORT_WAGES          yes            no         no               no
MANAGE_PEOPLE         yes            no         no               no
"""


def a_person(kind: Kind) -> Person:
    return Person(1, "Pat Garcia", "pat@county.gov", kind)


def table() -> dict[str, list[str]]:
    return {row.split()[0]: row.split()[1:] for row in GOLDEN.strip().splitlines()[1:]}


def test_the_table_of_rights_is_the_one_that_was_agreed() -> None:
    kinds = [Kind(name) for name in GOLDEN.split("\n")[1].split()]
    built = {
        action.name: ["yes" if may(a_person(kind), action) else "no" for kind in kinds]
        for action in Action
    }
    assert built == table()


def test_every_kind_has_a_column() -> None:
    assert set(GOLDEN.split("\n")[1].split()) == set(Kind)


def test_require_names_who_may_not_do_what() -> None:
    recruiter = a_person(Kind.RECRUITER)
    with pytest.raises(Forbidden, match=r"recruiter.* may not edit a posting") as refusal:
        require(recruiter, Action.EDIT_POSTING)
    assert (refusal.value.actor, refusal.value.action) == (recruiter, Action.EDIT_POSTING)


def test_require_lets_pass_who_may() -> None:
    require(a_person(Kind.HR_EDITOR), Action.EDIT_ORGANIZATION, thing=object())


def test_who_may_can_be_named_in_a_refusal() -> None:
    assert kinds_that_may(Action.EDIT_ORGANIZATION) == (Kind.ADMINISTRATOR, Kind.HR_EDITOR)


def test_the_terminal_may_do_everything() -> None:
    assert all(may(OPERATOR, action) for action in Action)


def test_kinds_have_the_labels_of_the_house() -> None:
    labels = ["administrator", "HR editor", "hiring director", "recruiter"]
    assert [kind.label for kind in Kind] == labels
