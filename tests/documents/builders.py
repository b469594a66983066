"""Outlines for tests: one realistic posting, and whatever a test changes in it."""

from datetime import UTC, datetime
from io import BytesIO

from PIL import Image

from jobdesc.documents.blocks import Fact, Item, Items, Logo, Outline, Paragraph, Section

SUMMARY = (
    "You will coordinate care for adults living with several chronic conditions, so that each "
    "person understands their plan, reaches the services they need and stays safely at home."
)
WELCOME = (
    "We welcome applications from everyone who can do this work, and we make adjustments at "
    "every stage of hiring."
)
DUTIES = (
    "Assess each client's medical, functional and social needs within five days of the referral.",
    "Write a care plan with the client and family, and review it at least every 90 days.",
    "Coordinate appointments, home health, medical equipment and benefits across providers.",
    "Teach clients and families about medicines, warning signs and self-management.",
    "Record contacts, assessments and outcomes in the electronic health record on the same day.",
    "Take part in weekly case conferences and on-call cover one weekend in eight.",
)
NEEDS = (
    "Active Registered Nurse license in Oregon or a compact state",
    "Two years of clinical nursing experience, one of them in case management, home health "
    "or discharge planning",
    "Working knowledge of Medicaid and Medicare coverage rules",
)


def a_list(*texts: str, lead: str = "") -> Items:
    return Items(
        items=tuple(Item(text=text, target=f"line-{text[:4]}") for text in texts), lead=lead
    )


def a_section(heading: str = "What you will do", *blocks: Items | Paragraph) -> Section:
    return Section(key=heading.lower(), heading=heading, blocks=blocks or (a_list(*DUTIES),))


def a_logo(width: int = 240, height: int = 80) -> Logo:
    store = BytesIO()
    Image.new("RGB", (width, height), "#0f5f66").save(store, "PNG")
    return Logo(media_type="image/png", data=store.getvalue(), width=width, height=height)


def an_outline(**changes: object) -> Outline:
    """A one-page posting; `changes` replace its fields."""
    values: dict[str, object] = {
        "title": "Registered Nurse Case Manager II",
        "organization": "Harbor County Health Services",
        "kind": "posting",
        "facts": (
            Fact(label="Location", value="Portland, Oregon (hybrid, 3 days on site)"),
            Fact(label="Pay", value="$78,500 – $96,200 per year"),
            Fact(label="Schedule", value="Full time, 40 hours"),
        ),
        "sections": (
            a_section(
                "About the role",
                Paragraph(text=SUMMARY, target="summary"),
            ),
            a_section(),
            a_section("What you need", a_list(*NEEDS)),
            a_section(
                "Helpful, not required",
                a_list(
                    "Certified Case Manager (CCM) or ANCC Nursing Case Management certification",
                    "Spanish, Russian or Vietnamese at conversational level",
                ),
            ),
            a_section("Equal opportunity", Paragraph(text=WELCOME)),
        ),
        "created": datetime(2026, 11, 3, 9, 30, tzinfo=UTC),
        "modified": datetime(2026, 11, 23, 16, 5, tzinfo=UTC),
    }
    return Outline.model_validate({**values, **changes})


def a_long_outline(**changes: object) -> Outline:
    """A posting of two pages, with marks, lead-ins, a logo and a footnote."""
    marked = Items(
        lead="Every week",
        items=tuple(
            Item(text=text, mark="Essential" if n < 3 else "") for n, text in enumerate(DUTIES)
        ),
    )
    more = a_list("Active Registered Nurse license in Oregon", lead="Licenses")
    base = an_outline()
    sections = (
        base.sections[0],
        a_section("What you will do", marked, a_list(*DUTIES[:4], lead="Every quarter")),
        a_section("What you need", more, a_list(*NEEDS, lead="Experience")),
        *base.sections[3:4],
        a_section("Pay and benefits", a_list(*DUTIES[:3])),
        a_section("Working conditions", a_list(*DUTIES[1:3])),
        a_section("About us", base.sections[0].blocks[0], base.sections[0].blocks[0]),
        a_section(
            "How to apply",
            Paragraph(text="Send a resume.\nWrite to jobs@harbor.example.\n\nWe answer in 5 days."),
        ),
        *base.sections[4:],
    )
    facts = (
        *base.facts,
        Fact(label="Employment type", value="Regular"),
        Fact(label="Closing date", value="Open until filled"),
    )
    values = {
        "sections": sections,
        "logo": a_logo(),
        "facts": facts,
        "subtitle": "Care Coordination, Portland office",
        "footnote": "Job description revised November 23, 2026",
        **changes,
    }
    return an_outline(**values)
