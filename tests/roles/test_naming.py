"""Ids become names wherever a role says them; what nothing is called stays."""

from jobdesc.roles.naming import with_names

REFERENCES = {
    "credentials": [{"id": "rn", "name": "Registered nurse license"}],
    "sources": [{"id": "oews", "name": "Wage survey"}],
    "wages": {},
}


def test_credentials_and_sources_are_named_and_nothing_else() -> None:
    body = {
        "name": "rn",
        "flsa_source": ["oews", "gone"],
        "credentials": [{"id": "rn", "credential": "rn", "levels": {"mid": {"need": "required"}}}],
        "duties": [{"id": "oews", "source": ["oews"], "levels": {"mid": "end"}}],
    }
    named = with_names(body, REFERENCES)
    assert named == {
        "name": "rn",
        "flsa_source": ["Wage survey", "gone"],
        "credentials": [
            {
                "id": "rn",
                "credential": "Registered nurse license",
                "levels": {"mid": {"need": "required"}},
            }
        ],
        "duties": [{"id": "oews", "source": ["Wage survey"], "levels": {"mid": "end"}}],
    }
    assert body["flsa_source"] == ["oews", "gone"], "the body itself was changed"


def test_a_value_alone_is_named_by_its_key() -> None:
    assert with_names("rn", REFERENCES, "credential") == "Registered nurse license"
    assert with_names(["oews"], REFERENCES, "source") == ["Wage survey"]
    assert with_names("rn", REFERENCES, "text") == "rn"
