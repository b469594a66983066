"""Invitations, kinds, access that ends, passwords: on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from jobdesc.people.entries import NotAccepted
from jobdesc.people.person import Kind, Person, Settings, Theme
from jobdesc.people.rights import Forbidden
from jobdesc.roles.levels import Level
from jobdesc.services import access_links, own_account, people
from jobdesc.services.access_links import LinkEnded
from jobdesc.services.accounts import NotSignedIn, TooManyTries, sign_in
from jobdesc.services.passwords import hash_password
from jobdesc.services.postings import keep_posting, read_posting, start_posting
from jobdesc.services.sessions import actor_of_session
from jobdesc.store.people import Purpose
from tests.accounts import ADMINISTRATOR, NOW, PASSWORD, add_person, quick_hashes, set_up

__all__ = ["quick_hashes"]

NEW = "maple orbit candle nine"


@pytest.fixture
def ada(app: Flask) -> Person:
    return set_up(app)


def at_once(app: Flask, *works: Callable[[], object]) -> list[object]:
    """What each returns or raises, begun at the same time."""

    def run(work: Callable[[], object]) -> object:
        with app.app_context():
            try:
                return work()
            except (LinkEnded, NotAccepted) as error:
                return error

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def state_of(ada: Person, person_id: int) -> tuple[bool, Kind]:
    member = people.read_member(ada, person_id)[0]
    return member.active, member.person.kind


def test_an_invited_person_is_signed_in_as_what_they_were_invited(app: Flask, ada: Person) -> None:
    with app.app_context():
        made = access_links.invite(ada, "", "Sam@Lake.gov", Kind.RECRUITER, NOW)
        begun = access_links.accept_invitation(made.token, " Sam  Rivera ", NEW, NOW, "Firefox")
        assert (begun.person.name, begun.person.kind) == ("Sam Rivera", Kind.RECRUITER)
        assert actor_of_session(begun.token, NOW) == begun.person
        assert sign_in("sam@lake.gov", NEW, False, "x", NOW).person == begun.person
        assert people.list_people(ada).invitations == []


@pytest.mark.parametrize(
    ("later", "act", "why"),
    [
        (timedelta(days=7), "none", "late"),
        (timedelta(days=6), "use", "used"),
        (timedelta(days=6), "withdraw", "withdrawn"),
        (timedelta(days=6), "again", "replaced"),
    ],
)
def test_a_link_that_ended_says_why(
    app: Flask, ada: Person, later: timedelta, act: str, why: str
) -> None:
    with app.app_context():
        made = access_links.invite(ada, "", "sam@lake.gov", Kind.RECRUITER, NOW)
        if act == "use":
            access_links.accept_invitation(made.token, "Sam", NEW, NOW)
        elif act == "withdraw":
            [link] = people.list_people(ada).invitations
            assert access_links.withdraw_invitation(ada, link.id, NOW)
            assert not access_links.withdraw_invitation(ada, link.id, NOW)
        elif act == "again":
            access_links.invite(ada, "", "SAM@lake.gov", Kind.RECRUITER, NOW)
        with pytest.raises(LinkEnded) as ended:
            access_links.accept_invitation(made.token, "Sam", NEW, NOW + later)
        assert ended.value.why == why
        with pytest.raises(LinkEnded, match="unknown"):
            access_links.read_link(made.token, Purpose.PASSWORD, NOW)


def test_an_invitation_accepted_twice_at_once_makes_one_person(app: Flask, ada: Person) -> None:
    with app.app_context():
        token = access_links.invite(ada, "", "sam@lake.gov", Kind.RECRUITER, NOW).token

    def accept() -> object:
        return access_links.accept_invitation(token, "Sam", NEW, NOW).person

    found = at_once(app, accept, accept, accept)
    assert len([one for one in found if isinstance(one, Person)]) == 1
    with app.app_context():
        assert len(people.list_people(ada).members) == 2


def test_inviting_at_once_leaves_one_link_that_works(app: Flask, ada: Person) -> None:
    def invite() -> object:
        return access_links.invite(ada, "", "sam@lake.gov", Kind.RECRUITER, NOW)

    found = at_once(app, invite, invite, invite)
    assert any(isinstance(one, access_links.NewLink) for one in found)
    with app.app_context():
        assert len(people.list_people(ada).invitations) == 1


def test_what_is_wrong_with_an_invitation_is_said_at_its_field(app: Flask, ada: Person) -> None:
    with app.app_context():
        with pytest.raises(NotAccepted) as refused:
            access_links.invite(ada, "N" * 300, "nobody", Kind.RECRUITER, NOW)
        assert refused.value.problems.keys() == {"name", "email"}
        with pytest.raises(NotAccepted) as refused:
            access_links.invite(ada, "", ADMINISTRATOR.upper(), Kind.RECRUITER, NOW)
        assert refused.value.problems.keys() == {"email"}


def test_a_weak_password_leaves_the_link_as_it_was(app: Flask, ada: Person) -> None:
    with app.app_context():
        made = access_links.invite(ada, "", "sam@lake.gov", Kind.RECRUITER, NOW)
        with pytest.raises(NotAccepted) as refused:
            access_links.accept_invitation(made.token, "", "short", NOW)
        assert refused.value.problems.keys() == {"name", "password"}
        assert access_links.accept_invitation(made.token, "Sam", NEW, NOW)


def test_another_kind_holds_for_a_session_that_is_open(app: Flask, ada: Person) -> None:
    sam = add_person(app, Kind.RECRUITER)
    with app.app_context():
        token = sign_in(sam.email, PASSWORD, False, "x", NOW).token
        people.change_kind(ada, sam.id, Kind.HR_EDITOR, NOW)
        actor = actor_of_session(token, NOW)
        assert actor
        assert actor.kind is Kind.HR_EDITOR


def test_who_leaves_is_signed_out_and_hands_postings_over(seeded_app: Flask) -> None:
    ada, app = set_up(seeded_app), seeded_app
    sam = add_person(app, Kind.HIRING_DIRECTOR)
    with app.app_context():
        begun = sign_in(sam.email, PASSWORD, True, "x", NOW)
        kept = start_posting(sam, "case-manager", Level.MID, NOW)
        keep_posting(sam, kept)
        start_posting(sam, "case-manager", Level.LEAD, NOW)
        assert people.deactivate(ada, sam.id, ada.id, NOW).postings_handed == 1
        assert read_posting(ada, kept).owner_id == ada.id
        assert actor_of_session(begun.token, NOW) is None
        with pytest.raises(NotSignedIn):
            sign_in(sam.email, PASSWORD, True, "x", NOW)
        people.bring_back(ada, sam.id)
        assert actor_of_session(begun.token, NOW) is None
        assert sign_in(sam.email, PASSWORD, True, "x", NOW).person.id == sam.id


def test_postings_go_to_nobody_who_cannot_have_them(app: Flask, ada: Person) -> None:
    sam, kim = add_person(app, Kind.RECRUITER), add_person(app, Kind.HR_EDITOR, "kim@lake.gov")
    reader = add_person(app, Kind.RECRUITER, "reader@lake.gov")
    with app.app_context():
        assert people.read_member(ada, sam.id)[1] == [ada, kim]
        assert people.read_member(ada, kim.id)[1] == [ada]
        people.deactivate(ada, kim.id, None, NOW)
        assert people.read_member(ada, sam.id)[1] == [ada]
        for nobody in (kim.id, reader.id, sam.id, 4711):
            with pytest.raises(NotAccepted, match="who may edit postings"):
                people.deactivate(ada, sam.id, nobody, NOW)
        assert state_of(ada, sam.id) == (True, Kind.RECRUITER)
        with pytest.raises(people.NoSuchPerson):
            people.deactivate(ada, 4711, None, NOW)


def test_the_last_administrator_stays(app: Flask, ada: Person) -> None:
    with app.app_context():
        with pytest.raises(NotAccepted, match="last administrator"):
            people.deactivate(ada, ada.id, None, NOW)
        with pytest.raises(NotAccepted, match="last administrator"):
            people.change_kind(ada, ada.id, Kind.RECRUITER, NOW)
        people.change_kind(ada, ada.id, Kind.ADMINISTRATOR, NOW)
        assert state_of(ada, ada.id) == (True, Kind.ADMINISTRATOR)


@pytest.mark.parametrize("turn", range(3))
def test_two_administrators_who_end_each_other_at_once_leave_one(
    app: Flask, ada: Person, turn: int
) -> None:
    eve = add_person(app, Kind.ADMINISTRATOR)
    works: list[Callable[[], object]] = [
        lambda: people.deactivate(ada, eve.id, None, NOW),
        lambda: (
            people.change_kind(eve, ada.id, Kind.RECRUITER, NOW)
            if turn % 2
            else people.deactivate(eve, ada.id, None, NOW)
        ),
    ]
    found = at_once(app, *works)
    assert len([one for one in found if isinstance(one, NotAccepted)]) == 1
    with app.app_context():
        members = people.list_people(ada).members
        left = [m for m in members if m.active and m.person.kind is Kind.ADMINISTRATOR]
        assert len(left) == 1


def test_a_forgotten_password_is_chosen_anew_by_a_link(app: Flask, ada: Person) -> None:
    sam = add_person(app, Kind.RECRUITER)
    with app.app_context():
        old = sign_in(sam.email, PASSWORD, True, "x", NOW)
        made = access_links.new_password_link(ada, sam.id, NOW)
        assert actor_of_session(old.token, NOW) == sam
        begun = access_links.choose_new_password(made.token, NEW, NOW)
        assert actor_of_session(old.token, NOW) is None
        assert actor_of_session(begun.token, NOW) == sam
        assert sign_in(sam.email, NEW, True, "x", NOW)
        with pytest.raises(LinkEnded, match="used"):
            access_links.choose_new_password(made.token, PASSWORD, NOW)


def test_a_password_link_ends_with_the_access_of_its_person(app: Flask, ada: Person) -> None:
    sam = add_person(app, Kind.RECRUITER)
    with app.app_context():
        made = access_links.new_password_link(ada, sam.id, NOW)
        people.deactivate(ada, sam.id, None, NOW)
        with pytest.raises(LinkEnded, match="withdrawn"):
            access_links.choose_new_password(made.token, NEW, NOW)
        with pytest.raises(people.NoSuchPerson):
            access_links.new_password_link(ada, sam.id, NOW)


def test_a_changed_password_signs_the_other_browsers_out(app: Flask, ada: Person) -> None:
    with app.app_context():
        here, there = (sign_in(ADMINISTRATOR, PASSWORD, True, "x", NOW) for _ in range(2))
        with pytest.raises(NotAccepted, match="not your password"):
            own_account.change_password(ada, "wrong", NEW, here.token, "x", NOW)
        with pytest.raises(NotAccepted) as refused:
            own_account.change_password(ada, "", "short", here.token, "x", NOW)
        assert refused.value.problems.keys() == {"current", "new"}
        assert own_account.change_password(ada, PASSWORD, NEW, here.token, "x", NOW) == 2
        assert actor_of_session(here.token, NOW) == ada
        assert actor_of_session(there.token, NOW) is None
        assert sign_in(ADMINISTRATOR, NEW, True, "x", NOW)


def test_a_password_changed_twice_at_once_stays_the_one_that_came_first(
    app: Flask, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        here, there = (sign_in(ADMINISTRATOR, PASSWORD, True, "x", NOW) for _ in range(2))

        def overtaken(new: str) -> str:
            monkeypatch.setattr(own_account, "hash_password", hash_password)
            own_account.change_password(ada, PASSWORD, NEW, there.token, "x", NOW)
            return hash_password(new)

        monkeypatch.setattr(own_account, "hash_password", overtaken)
        with pytest.raises(NotAccepted, match="not your password"):
            own_account.change_password(ada, PASSWORD, NEW + "ty", here.token, "x", NOW)
        assert actor_of_session(there.token, NOW) == ada
        assert actor_of_session(here.token, NOW) is None
        assert sign_in(ADMINISTRATOR, NEW, True, "x", NOW)


def test_the_password_is_changed_while_others_guess_at_it(app: Flask, ada: Person) -> None:
    with app.app_context():
        here, there = (sign_in(ADMINISTRATOR, PASSWORD, True, "x", NOW) for _ in range(2))
        for _ in range(5):
            with pytest.raises(NotSignedIn):
                sign_in(ADMINISTRATOR, "wrong", True, "x", NOW)
            with pytest.raises(NotAccepted):
                own_account.change_password(ada, "wrong", NEW, there.token, "x", NOW)
        with pytest.raises(TooManyTries):
            own_account.change_password(ada, PASSWORD, NEW, there.token, "x", NOW)
        assert own_account.change_password(ada, PASSWORD, NEW, here.token, "x", NOW)


def test_browsers_are_listed_and_signed_out_one_by_one(app: Flask, ada: Person) -> None:
    sam = add_person(app, Kind.RECRUITER)
    with app.app_context():
        here = sign_in(ADMINISTRATOR, PASSWORD, True, "x", NOW, "Firefox on Linux")
        there = sign_in(ADMINISTRATOR, PASSWORD, False, "x", NOW, "Chrome on Mac")
        sign_in(sam.email, PASSWORD, True, "x", NOW)
        own = own_account.own_sessions(ada, here.token, NOW)
        assert len(own) == 3  # one of set-up
        this, other = own[0], next(one for one in own if one.browser == "Chrome on Mac")
        assert (this.browser, this.is_this) == ("Firefox on Linux", True)
        assert not other.is_this
        assert not own_account.end_own_session(sam, other.name, NOW)
        assert own_account.end_own_session(ada, other.name, NOW)
        assert not own_account.end_own_session(ada, other.name, NOW)
        assert actor_of_session(there.token, NOW) is None
        assert own_account.end_other_sessions(ada, here.token) == 1


def test_settings_are_ones_own_in_every_browser(app: Flask, ada: Person) -> None:
    sam = add_person(app, Kind.RECRUITER)
    with app.app_context():
        browsers = [sign_in(ADMINISTRATOR, PASSWORD, True, "x", NOW) for _ in range(2)]
        other = sign_in(sam.email, PASSWORD, True, "x", NOW)
        assert ada.settings == Settings(Theme.SYSTEM, letter_keys=True)
        own_account.change_settings(ada, "dark", letter_keys=False)
        with pytest.raises(NotAccepted, match="Choose System, Light or Dark"):
            own_account.change_settings(ada, "Dark", letter_keys=True)
        changed = replace(ada, settings=Settings(Theme.DARK, letter_keys=False))
        assert [actor_of_session(here.token, NOW) for here in browsers] == [changed, changed]
        assert actor_of_session(other.token, NOW) == sam


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.ADMINISTRATOR])
def test_nobody_else_manages_people(app: Flask, ada: Person, kind: Kind) -> None:
    sam = add_person(app, kind)
    acts: list[Callable[[], object]] = [
        lambda: people.list_people(sam),
        lambda: people.read_member(sam, ada.id),
        lambda: people.change_kind(sam, sam.id, Kind.ADMINISTRATOR, NOW),
        lambda: people.deactivate(sam, ada.id, None, NOW),
        lambda: people.bring_back(sam, sam.id),
        lambda: access_links.invite(sam, "", "x@lake.gov", Kind.ADMINISTRATOR, NOW),
        lambda: access_links.withdraw_invitation(sam, 1, NOW),
        lambda: access_links.new_password_link(sam, ada.id, NOW),
    ]
    with app.app_context():
        for act in acts:
            with pytest.raises(Forbidden):
                act()
        assert state_of(ada, sam.id) == (True, kind)


def test_a_changed_password_ends_the_link_to_a_forgotten_one(app: Flask, ada: Person) -> None:
    sam = add_person(app, Kind.RECRUITER)
    with app.app_context():
        made = access_links.new_password_link(ada, sam.id, NOW)
        here = sign_in(sam.email, PASSWORD, True, "x", NOW)
        own_account.change_password(sam, PASSWORD, NEW, here.token, "x", NOW)
        with pytest.raises(LinkEnded, match="replaced"):
            access_links.choose_new_password(made.token, PASSWORD, NOW)
        assert sign_in(sam.email, NEW, True, "x", NOW)


@pytest.mark.parametrize("act", ["deactivate", "kind"])
def test_links_end_with_the_right_of_who_made_them(app: Flask, ada: Person, act: str) -> None:
    eve = add_person(app, Kind.ADMINISTRATOR)
    with app.app_context():
        made = access_links.new_password_link(eve, ada.id, NOW)
        back, other = (
            access_links.invite(eve, "", email, Kind.ADMINISTRATOR, NOW)
            for email in ("eve@home.net", "sam@lake.gov")
        )
        assert access_links.accept_invitation(other.token, "Sam", NEW, NOW)
        kept = access_links.invite(ada, "", "kim@lake.gov", Kind.RECRUITER, NOW)
        assert people.read_member(ada, eve.id)[0].invitations == 1
        assert people.change_kind(ada, eve.id, Kind.ADMINISTRATOR, NOW) == 0
        if act == "kind":
            assert people.change_kind(ada, eve.id, Kind.RECRUITER, NOW) == 1
        else:
            assert people.deactivate(ada, eve.id, None, NOW).invitations_ended == 1
        with pytest.raises(LinkEnded, match="withdrawn"):
            access_links.choose_new_password(made.token, NEW, NOW)
        with pytest.raises(LinkEnded, match="withdrawn"):
            access_links.accept_invitation(back.token, "Eve", NEW, NOW)
        assert access_links.accept_invitation(kept.token, "Kim", NEW, NOW)


@pytest.mark.parametrize("act", ["deactivate", "kind"])
def test_nobody_makes_a_link_with_a_right_that_just_ended(
    app: Flask, ada: Person, act: str
) -> None:
    eve = add_person(app, Kind.ADMINISTRATOR)
    with app.app_context():
        if act == "kind":
            people.change_kind(ada, eve.id, Kind.RECRUITER, NOW)
        else:
            people.deactivate(ada, eve.id, None, NOW)
        with pytest.raises(Forbidden):
            access_links.invite(eve, "", "eve@home.net", Kind.ADMINISTRATOR, NOW)
        with pytest.raises(Forbidden):
            access_links.new_password_link(eve, ada.id, NOW)


def test_only_an_invitation_is_withdrawn(app: Flask, ada: Person) -> None:
    sam = add_person(app, Kind.RECRUITER)
    with app.app_context():
        made = access_links.new_password_link(ada, sam.id, NOW)
        link = access_links.read_link(made.token, Purpose.PASSWORD, NOW)
        for number in (link.id, 4711):
            with pytest.raises(access_links.NoSuchInvitation):
                access_links.withdraw_invitation(ada, number, NOW)
        assert access_links.choose_new_password(made.token, NEW, NOW)
