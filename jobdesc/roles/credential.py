"""Licenses and certifications: exact names, issuers and what it takes to hold them."""

from typing import Annotated, Literal

from pydantic import Field

from jobdesc.roles.values import Id, Short, Sources, Text, Value

CredentialKind = Literal["license", "certification", "registration", "certificate", "training"]


class Credential(Value):
    """One credential. `min_months` is the case-management work it asks for before the exam."""

    id: Id
    name: Short
    abbreviation: Annotated[str, Field(max_length=30)] = ""
    issuer: Short
    kind: CredentialKind
    requires: Text
    min_months: Annotated[int, Field(ge=0, le=240)] = 0
    renewal: Annotated[str, Field(max_length=300)] = ""
    note: Annotated[str, Field(max_length=400)] = ""
    source: Sources = Field(min_length=1)

    @property
    def full_name(self) -> str:
        """Name, abbreviation and issuer, as printed at first use."""
        short = f" ({self.abbreviation})" if self.abbreviation else ""
        return f"{self.name}{short}, {self.issuer}"
