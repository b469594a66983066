"""Two people in two browsers at one posting, doing at random what people do, losing nothing.

Every word that they type is a number of its own; one pasted behind a letter is still that word.
At the end each stands in the posting, or its writer or the other took it away knowingly: removed
the item that showed it, undid it, or chose the other text in the sheet that showed both.
"""

import random
import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page

WORD = re.compile(r"w\d{5}(?!\d)")
SECTIONS = ("duties", "education", "skills", "preferred", "benefits", "conditions")
SCREEN = """() => [...document.querySelectorAll('#posting-form textarea, #posting-form input')]
  .filter((it) => it.name && !it.name.endsWith('.before') && it.type !== 'hidden')
  .map((it) => it.value).join('\\n')"""
IN_A_TEXT = "document.activeElement.matches('#posting-form textarea, #posting-form input')"
WATCH = f"""() => {{
  window.before = '';
  const keep = () => (window.before = ({SCREEN})());
  for (const kind of ['click', 'keydown']) {{
    addEventListener(kind, keep, {{ capture: true, once: true }});
  }}
}}"""
"""Keeps what the screen showed in the moment of the next key or click."""
STATE = """() => Object.fromEntries([...document.querySelectorAll('ol.bullets')].map((list) => [
  list.dataset.section, [...list.querySelectorAll('textarea')].map((it) => it.value.trim())]))"""


def words_in(text: str) -> set[str]:
    """The words of ours in a text."""
    return set(WORD.findall(text))


class Typist:
    """One person at one page; `given_up` are the words that were taken away knowingly."""

    def __init__(self, page: Page, chance: random.Random, new_word: Callable[[], str]) -> None:
        self.page = page
        self.chance = chance
        self.new_word = new_word
        self.typed: set[str] = set()
        self.given_up: set[str] = set()
        self.offline = False

    def act(self) -> str:
        """One thing that a person does; its name."""
        deeds = (
            *[self.write] * 6,
            *[self.write_in_a_field] * 2,
            *[self.split] * 2,
            self.join,
            *[self.move] * 2,
            self.remove,
            self.undo,
            self.redo,
            self.add,
            self.paste_lines,
            self.cut_or_restore_the_net,
        )
        self.settle()
        deed = self.chance.choice(deeds)
        deed()
        self.page.wait_for_timeout(self.chance.choice((0, 0, 0, 40, 40, 200, 200, 900)))
        return deed.__name__

    def screen(self) -> set[str]:
        """Our words that this page shows."""
        return words_in(self.page.evaluate(SCREEN))

    def write(self) -> None:
        """Type a word somewhere in an item."""
        if self._into_an_item():
            self.page.keyboard.press(self.chance.choice(("End", "Home")))
            self._type()

    def write_in_a_field(self) -> None:
        """Type a word at the end of a field."""
        name = self.chance.choice(("summary", "department", "about_us", "how_to_apply"))
        field = self.page.locator(f'#posting-form [name="{name}"]')
        field.focus()
        self.page.keyboard.press("Control+End")
        self._type()

    def split(self) -> None:
        """Press Enter in an item and go on typing."""
        if self._into_an_item():
            self.page.keyboard.press("End")
            for _ in range(self.chance.randrange(4)):
                self.page.keyboard.press("Control+ArrowLeft")
            self.page.keyboard.press("Enter")
            self._type()

    def join(self) -> None:
        """Put an item's text behind that of the one above."""
        if self._into_an_item():
            self.page.keyboard.press("Control+Home")
            self.page.keyboard.press("Backspace")

    def move(self) -> None:
        """Put an item up or down by the keys."""
        if self._into_an_item():
            self.page.keyboard.press(self.chance.choice(("Alt+ArrowUp", "Alt+ArrowDown")))

    def remove(self) -> None:
        """Take an item away with what it says."""
        item = self._an_item()
        if item is None:
            return
        self._knowingly(lambda: item.locator("[data-act=remove]").click())

    def undo(self) -> None:
        """Take back the last step."""
        self._knowingly(lambda: self.page.keyboard.press("Control+z"))

    def redo(self) -> None:
        """Do it again."""
        self._knowingly(lambda: self.page.keyboard.press("Control+Shift+z"))

    def add(self) -> None:
        """Begin an item at the end of a list."""
        self.page.locator(f"[data-add={self.chance.choice(SECTIONS)}]").click()
        self._type()

    def paste_lines(self) -> None:
        """Paste three lines into an item."""
        if not self._into_an_item():
            return
        lines = [self.new_word() for _ in range(3)]
        self.page.keyboard.press("End")
        self.page.evaluate("text => navigator.clipboard.writeText(text)", "\n".join(lines))
        self.page.keyboard.press("Control+v")
        self._look_for(*lines)

    def cut_or_restore_the_net(self) -> None:
        """Pull the plug, or put it back."""
        self.offline = not self.offline
        self.page.context.set_offline(self.offline)

    def settle(self) -> None:
        """Choose in the sheet that shows two texts, where it is open."""
        sheet = self.page.locator("#contest-sheet[open]")
        for _ in range(20):
            if not sheet.count():
                return
            mine, theirs = (self._marked(sheet.locator(".version").nth(n)) for n in (0, 1))
            given_up = {"Keep mine": theirs, "Take theirs": mine, "Edit both": set[str]()}
            name = self.chance.choice(sorted(given_up))
            sheet.get_by_role("button", name=name, exact=True).click()
            self.page.wait_for_timeout(30)
            self.given_up |= given_up[name]
        raise AssertionError("the sheet of two texts does not end")

    def _marked(self, version: Locator) -> set[str]:
        """What this version alone says."""
        return words_in(" ".join(version.locator("ins").all_inner_texts()))

    def finish(self) -> None:
        """Save everything, settling what is open."""
        self.page.context.set_offline(False)
        self.offline = False
        saved = self.page.locator("[data-saved]")
        for _ in range(150):
            self.settle()
            self.page.keyboard.press("Control+s")
            self.page.wait_for_timeout(50)
            open_sheet = self.page.locator("#contest-sheet[open]").count()
            if not open_sheet and saved.inner_text() == "All changes saved":
                return
        raise AssertionError(f"not saved in the end: {saved.inner_text()}")

    def state(self) -> dict[str, list[str]]:
        """The lists as this page shows them."""
        state: dict[str, list[str]] = self.page.evaluate(STATE)
        return state

    def _type(self) -> None:
        word = self.new_word()
        self.page.keyboard.type(f" {word} ")
        self._look_for(word)

    def _look_for(self, *words: str) -> None:
        """What is typed is on the screen, unless no text had the focus any more to take it."""
        for _ in range(200):
            if set(words) <= self.screen():
                self.typed |= set(words)
                return
            if not self.page.evaluate(IN_A_TEXT):
                return
            self.page.wait_for_timeout(30)
        where = self.page.evaluate("document.activeElement.outerHTML")
        raise AssertionError(f"{words} were typed and are not on the screen: {where}")

    def _knowingly(self, deed: Callable[[], None]) -> None:
        self.page.evaluate(WATCH)
        deed()
        before = words_in(self.page.evaluate("() => before"))
        self.given_up |= before - self.screen()

    def _an_item(self) -> Locator | None:
        items = self.page.locator(f"ol.bullets[data-section={self.chance.choice(SECTIONS)}] > li")
        count = items.count()
        return items.nth(self.chance.randrange(count)) if count else None

    def _into_an_item(self) -> bool:
        item = self._an_item()
        if item is None:
            return False
        item.locator("textarea").focus()
        return True
