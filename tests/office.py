"""An editor at the pages of a posting's life, and what those pages say."""

from lxml import etree
from werkzeug.test import TestResponse

from jobdesc.people.person import Kind
from tests.accounts import Clock, add_person
from tests.checked import words
from tests.desk import Desk
from tests.services.publishing import Bench


class Office:
    """An editor at the pages of one posting, and the clock of the house."""

    def __init__(self, bench: Bench) -> None:
        self.bench, self.clock = bench, Clock(bench.app)
        self.desk = Desk(bench.app, bench.person)
        self.path = f"/postings/{bench.number}"

    def root(self, page: str = "", desk: Desk | None = None) -> etree._Element:
        return (desk or self.desk).root(f"{self.path}{page}")

    def press(self, page: str, button: str, desk: Desk | None = None, **more: str) -> TestResponse:
        """Open a page and press one of its buttons."""
        return self.send(self.root(page, desk), button, desk, **more)

    def send(
        self, root: etree._Element, button: str, desk: Desk | None = None, **more: str
    ) -> TestResponse:
        """Press a button of a page that was open before."""
        [found] = [one for one in root.xpath("//main//button") if words(one) == button]
        form = found.xpath("ancestor::form")[0]
        values = {box.get("name"): box.get("value") for box in form.xpath(".//input")}
        if found.get("name"):
            values[found.get("name")] = found.get("value")
        return (desk or self.desk).client.post(form.get("action"), data=values | more)

    def colleague(self, kind: Kind) -> Desk:
        return Desk(self.bench.app, add_person(self.bench.app, kind))


def bar(root: etree._Element) -> str:
    return words(root.xpath("//*[contains(@class, 'builder-name')]")[0])


def head(root: etree._Element) -> str:
    return words(root.xpath("//*[@class='page-head']")[0])


def pressable(root: etree._Element) -> list[str]:
    found = root.xpath("//*[@class='page-head']//*[self::button or self::a[@class]]")
    return [words(one) for one in found]
