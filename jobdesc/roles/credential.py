"""Licenses and certifications: exact names, issuers and what it takes to hold them."""

from typing import Annotated, Literal

from pydantic import Field

from jobdesc.roles.values import Id, Short, Sources, Text, Value

CredentialKind = Literal["license", "certification", "registration", "certificate", "training"]
KINDS: dict[CredentialKind, str] = {
    "license": "License",
    "certification": "Certification",
    "registration": "Registration",
    "certificate": "Certificate",
    "training": "Training",
}


class Credential(Value):
    """One credential. `requires` is what it takes in all, and `degree`, `min_months` (of case
    management) and `supervision` are what of that can be told apart. `states` says how states
    differ, `not_enough` are licenses that do not lead to it by themselves.
    """

    id: Id
    name: Short
    abbreviation: Annotated[str, Field(max_length=30)] = ""
    issuer: Short
    kind: CredentialKind
    requires: Text
    degree: Annotated[str, Field(max_length=300)] = ""
    min_months: Annotated[int, Field(ge=0, le=240)] = 0
    supervision: Annotated[str, Field(max_length=300)] = ""
    renewal: Annotated[str, Field(max_length=300)] = ""
    states: Annotated[str, Field(max_length=600)] = ""
    note: Annotated[str, Field(max_length=400)] = ""
    not_enough: tuple[Id, ...] = ()
    source: Sources = Field(min_length=1)

    @property
    def short_name(self) -> str:
        """Name and abbreviation."""
        return f"{self.name} ({self.abbreviation})" if self.abbreviation else self.name

    @property
    def full_name(self) -> str:
        """Name, abbreviation and issuer, as printed at first use."""
        return f"{self.short_name}, {self.issuer}"
