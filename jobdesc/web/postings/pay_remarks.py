"""What is remarked at a posting's pay, with the sources that it rests on."""

from dataclasses import dataclass

from jobdesc.postings.pay_remarks import PayFacts, pay_remarks
from jobdesc.postings.posting import Posting
from jobdesc.roles.library import References
from jobdesc.roles.values import Source


@dataclass(frozen=True)
class SourcedRemark:
    """A remark in words, and the source of its figures where they are not the organization's."""

    text: str
    source: Source | None


def sourced_remarks(
    posting: Posting, facts: PayFacts, references: References
) -> tuple[SourcedRemark, ...]:
    """The remarks on the pay of a posting."""
    return tuple(
        SourcedRemark(remark.text, references.sources.get(remark.source))
        for remark in pay_remarks(posting, facts, references.minimum_wages)
    )
