"""The one table of rights: which kind of person may do what."""

from enum import StrEnum

from jobdesc.people.person import Kind, Person


class Action(StrEnum):
    """Something that not everybody may do."""

    READ_LIBRARY = "read the library"
    READ_POSTINGS = "read postings"
    DOWNLOAD_POSTING = "download a posting"
    START_POSTING = "start a posting"
    EDIT_POSTING = "edit a posting"
    PUBLISH_POSTING = "publish and close postings"
    ASSIGN_POSTING = "hand postings to somebody else"
    EDIT_ROLES = "edit role templates"
    EDIT_ORGANIZATION = "edit the organization profile"
    EDIT_PAY_BANDS = "set the organization's pay ranges"
    CHANGE_LOCKED = "lock wording and change what is locked"
    IMPORT_WAGES = "import wage figures"
    MANAGE_PEOPLE = "invite people and change what they may do"


class Forbidden(Exception):
    """`actor` may not do `action`."""

    def __init__(self, actor: Person, action: Action) -> None:
        super().__init__(f"person {actor.id} ({actor.kind.label}) may not {action}")
        self.actor = actor
        self.action = action


_READS = frozenset({Action.READ_LIBRARY, Action.READ_POSTINGS, Action.DOWNLOAD_POSTING})
_WRITES = _READS | {Action.START_POSTING, Action.EDIT_POSTING}

RIGHTS: dict[Kind, frozenset[Action]] = {
    Kind.RECRUITER: _READS,
    Kind.HIRING_DIRECTOR: _WRITES,
    Kind.HR_EDITOR: _WRITES
    | {
        Action.PUBLISH_POSTING,
        Action.ASSIGN_POSTING,
        Action.EDIT_ROLES,
        Action.EDIT_ORGANIZATION,
        Action.EDIT_PAY_BANDS,
    },
    Kind.ADMINISTRATOR: frozenset(Action),
}


def kind_may(kind: Kind, action: Action) -> bool:
    """Whether people of this kind may do `action`."""
    return action in RIGHTS[kind]


def may(actor: Person, action: Action, thing: object = None) -> bool:  # noqa: ARG001
    """Whether `actor` may do `action` to `thing`.

    No right depends on the thing yet; callers name it so that one can.
    """
    return kind_may(actor.kind, action)


def require(actor: Person, action: Action, thing: object = None) -> None:
    """Raise Forbidden unless `actor` may do `action` to `thing`."""
    if not may(actor, action, thing):
        raise Forbidden(actor, action)


def kinds_that_may(action: Action) -> tuple[Kind, ...]:
    """Who has this right, for the words of a refusal."""
    return tuple(kind for kind in Kind if kind_may(kind, action))
