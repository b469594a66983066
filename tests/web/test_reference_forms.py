"""The forms of sources and credentials by themselves."""

from flask import Flask

from jobdesc.roles.reference_rows import Shelf
from jobdesc.web.references.forms import CredentialForm, RowSheet
from tests.roles.builders import some_references


def test_a_credential_with_many_sources_keeps_all_of_them_in_its_form() -> None:
    names = {f"s{n}": f"Source {n}" for n in range(30)}
    sources = tuple(names)
    row = some_references().credentials["ccm"].model_copy(update={"source": sources})
    app = Flask("forms")
    app.secret_key = "for tests"
    with app.test_request_context():
        shown = RowSheet(Shelf.CREDENTIALS, names, CredentialForm(formdata=None))
        shown.show(row)
        typed = {entry.name: entry.data for entry in shown.form.source}
    with app.test_request_context(method="POST", data=typed):
        sent = RowSheet(Shelf.CREDENTIALS, names, CredentialForm())
        sent.take({})
        assert tuple(sent.values()["source"]) == sources
