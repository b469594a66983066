"""People and rights: who has access, invitations, and the table of rights."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from jobdesc.people.entries import NO_OWNER, NotAccepted
from jobdesc.people.person import Kind
from jobdesc.people.rights import Action
from jobdesc.services import access_links, people
from jobdesc.services.access_links import NewLink
from jobdesc.services.organization import the_organization
from jobdesc.web.access import current_actor, needs
from jobdesc.web.accounts.forms import show_problems
from jobdesc.web.clock import now
from jobdesc.web.people.forms import DeactivateForm, InviteForm, KindForm
from jobdesc.workers.mail import MailFailed, send_mail

bp = Blueprint("people", __name__, url_prefix="/settings")

Page = str | tuple[str, int] | Response


@bp.get("/people")
@needs(Action.MANAGE_PEOPLE)
def index() -> Page:
    """Everybody, and who is invited."""
    return _list(InviteForm())


@bp.post("/people")
@needs(Action.MANAGE_PEOPLE)
def invite() -> Page:
    """Make an invitation and show its link, this once."""
    form = InviteForm()
    if not form.validate():
        return _list(form), 422
    try:
        made = access_links.invite(
            current_actor(), form.name.data or "", form.email.data or "",
            Kind(form.kind.data), now(),
        )  # fmt: skip
    except NotAccepted as refusal:
        show_problems(form, refusal.problems)
        return _list(form), 422
    address = url_for("joining.show", token=made.token, _external=True)
    name = the_organization().name
    subject = f"{name} invites you to jobdesc"
    said = (
        f"{current_actor().name} invites you to write and find the job postings of {name}.\n\n"
        f"Choose your password here. The link works once, for 7 days:\n{address}\n"
    )
    return _link(made, address, _mail(made, subject, said))


@bp.post("/people/invitations/<int:link_id>/withdraw")
@needs(Action.MANAGE_PEOPLE)
def withdraw(link_id: int) -> Page:
    """End an invitation."""
    if access_links.withdraw_invitation(current_actor(), link_id, now()):
        flash("The invitation is withdrawn. Its link no longer works.", "green")
    else:
        flash("This invitation had ended before.", "amber")
    return redirect(url_for("people.index"), 303)


@bp.get("/people/<int:person_id>")
@needs(Action.MANAGE_PEOPLE)
def show(person_id: int) -> Page:
    """One person: kind, password, access."""
    return _person(person_id)


@bp.post("/people/<int:person_id>/kind")
@needs(Action.MANAGE_PEOPLE)
def change_kind(person_id: int) -> Page:
    """Let a person do more or less."""
    form = KindForm()
    if not form.validate():
        return _person(person_id, kind=form), 422
    try:
        ended = people.change_kind(current_actor(), person_id, Kind(form.kind.data), now())
    except NotAccepted as refusal:
        show_problems(form, refusal.problems)
        return _person(person_id, kind=form), 422
    withdrawn = _counted(ended, "invitation", "withdrawn")
    flash(f"What this person may do is changed, from the next page on.{withdrawn}", "green")
    if person_id == current_actor().id and form.kind.data != Kind.ADMINISTRATOR:
        return redirect(url_for("library.home"), 303)
    return redirect(url_for("people.show", person_id=person_id), 303)


@bp.post("/people/<int:person_id>/password-link")
@needs(Action.MANAGE_PEOPLE)
def password_link(person_id: int) -> Page:
    """Make a link for a new password and show it, this once."""
    made = access_links.new_password_link(current_actor(), person_id, now())
    address = url_for("joining.new_password", token=made.token, _external=True)
    said = (
        "An administrator made this link so that you can choose a new password. It works once, "
        f"for 24 hours:\n{address}\n\nYour former password works until you use it.\n"
    )
    return _link(made, address, _mail(made, "Choose a new password for jobdesc", said))


@bp.post("/people/<int:person_id>/deactivate")
@needs(Action.MANAGE_PEOPLE)
def deactivate(person_id: int) -> Page:
    """End a person's access, and hand their postings over."""
    form = DeactivateForm()
    form.offer(people.read_member(current_actor(), person_id)[1], current_actor().id)
    if not form.validate():
        form.hand_to.errors = [NO_OWNER]
        return _person(person_id, leave=form), 422
    try:
        hand_to = int(form.hand_to.data) if form.hand_to.data else None
        left = people.deactivate(current_actor(), person_id, hand_to, now())
    except NotAccepted as refusal:
        show_problems(form, refusal.problems)
        return _person(person_id, leave=form), 422
    withdrawn = _counted(left.invitations_ended, "invitation", "withdrawn")
    handed = _counted(left.postings_handed, "posting", "handed over")
    flash(f"Access ended, in every browser at once.{withdrawn}{handed}", "green")
    return redirect(url_for("people.index"), 303)


@bp.post("/people/<int:person_id>/bring-back")
@needs(Action.MANAGE_PEOPLE)
def bring_back(person_id: int) -> Page:
    """Let a person sign in again."""
    people.bring_back(current_actor(), person_id)
    flash("This person can sign in again, with the former password.", "green")
    return redirect(url_for("people.show", person_id=person_id), 303)


@bp.get("/rights")
@needs(Action.MANAGE_PEOPLE)
def rights() -> Page:
    """The one table of rights."""
    return render_template("people/rights.html", kinds=tuple(Kind), actions=tuple(Action))


def _counted(count: int, noun: str, done: str) -> str:
    """A sentence to add, where there is something to count."""
    return f" {count} {noun}{'' if count == 1 else 's'} {done}." if count else ""


def _list(form: InviteForm) -> str:
    return render_template(
        "people/index.html", people=people.list_people(current_actor()), form=form, now=now()
    )


def _person(
    person_id: int, kind: KindForm | None = None, leave: DeactivateForm | None = None
) -> str:
    member, others = people.read_member(current_actor(), person_id)
    if leave is None:
        leave = DeactivateForm(formdata=None)
        leave.offer(others, current_actor().id)
        if member.person.id == current_actor().id:
            leave.hand_to.data = ""
    return render_template(
        "people/person.html",
        member=member,
        kind=kind or KindForm(formdata=None, kind=member.person.kind.value),
        leave=leave,
    )


def _link(made: NewLink, address: str, mailed: str) -> str:
    return render_template("people/link.html", made=made, address=address, mailed=mailed)


def _mail(made: NewLink, subject: str, text: str) -> str:
    """How it went to send a link: sent, failed, or nothing where no mail server is set."""
    server = current_app.extensions["mail"]
    if server is None:
        return ""
    try:
        send_mail(server, made.person.email, subject, text)
    except MailFailed as error:
        current_app.logger.warning("mail was not sent: %s", error)
        return "failed"
    return "sent"
