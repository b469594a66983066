"""Write the library as the content folder that it can be read from."""

from pathlib import Path
from typing import Any

from jobdesc.content.writer import write_content
from jobdesc.people.person import Person
from jobdesc.people.rights import Action, require
from jobdesc.roles.inherit_levels import Body
from jobdesc.roles.library import OPTIONAL, REFERENCE_MODELS
from jobdesc.roles.own_part import OwnPart
from jobdesc.services.catalog import NoLibrary
from jobdesc.services.content import OFFERED, RETIRED, STANDING
from jobdesc.store.roles import NOT_OFFERED, RoleMark, all_references, stored_roles
from jobdesc.store.transactions import reading


class NotExported(Exception):
    """Nothing was written; the message says why and what to do."""


def export_content(actor: Person, folder: Path) -> int:
    """Write the library as a content folder that `read_folder` reads; returns how many roles.

    Raises NotExported, and OSError where the folder cannot be written.
    """
    require(actor, Action.READ_LIBRARY)
    with reading() as session:
        roles, references = stored_roles(session), all_references(session)
    if not REFERENCE_MODELS.keys() - OPTIONAL <= references.keys():
        raise NoLibrary("the library is not loaded")
    (folder / "roles").mkdir(parents=True, exist_ok=True)
    foreign = {path.stem for path in (folder / "roles").glob("*.yaml")} - roles.keys()
    if foreign:
        raise NotExported(
            f"{folder / 'roles'} has roles that the library does not have: "
            f"{', '.join(sorted(foreign))}. Remove their files, or name another folder."
        )
    for name in REFERENCE_MODELS.keys() & references.keys():
        path = folder / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        write_content(path, references[name])
    for slug, role in roles.items():
        write_content(folder / "roles" / f"{slug}.yaml", in_order(role.body, role.mark))
    return len(roles)


def in_order(body: Body, mark: RoleMark) -> dict[str, Any]:
    """A role's stored body with its parts in the order of the content files."""
    out = OFFERED if mark.retired_at == NOT_OFFERED else RETIRED
    names = [field.alias or name for name, field in OwnPart.model_fields.items()]
    names.insert(names.index("extends"), out)
    said = body | ({} if mark.retired_at is None else {out: STANDING[out]})
    return {name: said[name] for name in names if name in said}
