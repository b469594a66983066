"""Two texts are compared word by word, and nothing of either is lost."""

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobdesc.postings.values import LONG
from jobdesc.roles.compare import compare_words
from tests.postings.randomized import tried

MARKS = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}


def marked(before: str, after: str) -> str:
    return "".join(MARKS[kind].format(text) for kind, text in compare_words(before, after))


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("Do the work.", "Lead the work.", "[-Do-]{+Lead+} the work."),
        ("Do the work.", "Do the work.", "Do the work."),
        ("", "New.", "{+New.+}"),
        ("Old.", "", "[-Old.-]"),
        ("", "", ""),
        ("Call clients.", "Call clients daily.", "Call clients{+ daily+}."),
        ("$50,000 \u2013 $60,000 a year", "$60,000 \u2013 $70,000 a year",
         "$[-50,000-]{+60,000+} \u2013 $[-60,000-]{+70,000+} a year"),
        ("Two years of work", "Four years of the same work",
         "[-Two-]{+Four+} years of{+ the same+} work"),
        ("the client's plan", "the clients' plan", "the [-client's-]{+clients'+} plan"),
        ("one two three", "four five six", "[-one two three-]{+four five six+}"),
        ("First.\nSecond.", "First.\n\nSecond.", "First.[-\n-]{+\n\n+}Second."),
    ],
)  # fmt: skip
def test_what_differs_is_marked_in_whole_words(before: str, after: str, wanted: str) -> None:
    assert marked(before, after) == wanted


MID = "Works with adults who need help at home, under regular supervision of a senior."
SENIOR = "Carries the hardest clients of the county and teaches others, with little supervision."


def test_a_text_with_little_in_common_stands_whole_before_the_new_one() -> None:
    assert marked(MID, SENIOR) == f"[-{MID}-]{{+{SENIOR}+}}"
    assert marked(MID, f"{MID} {SENIOR}") == f"{MID}{{+ {SENIOR}+}}"
    assert marked(f"{SENIOR} {MID}", MID) == f"[-{SENIOR} -]{MID}"


def test_one_or_two_short_words_between_changes_belong_to_both() -> None:
    before = "Every plan that stays names goals for the week and the person who carries them."
    after = before.replace("goals for the week", "steps for the month")
    wanted = before.replace("goals for the week", "[-goals for the week-]{+steps for the month+}")
    assert marked(before, after) == wanted


words = st.lists(
    st.sampled_from(["a", "b", "care", "client's", "78,500", " ", "  ", "\n", ".", "\u2013", "é"]),
    max_size=300,
).map("".join)
some_text = words | st.text(max_size=300)


@pytest.mark.soak
@tried(150)
@given(some_text, some_text)
def test_the_runs_give_back_both_texts(before: str, after: str) -> None:
    runs = compare_words(before, after)
    assert "".join(text for kind, text in runs if kind != "added") == before
    assert "".join(text for kind, text in runs if kind != "removed") == after
    assert all(text for _, text in runs)
    kinds = [kind for kind, _ in runs]
    assert all(one != other for one, other in pairwise(kinds))
    assert ("added", "removed") not in pairwise(kinds)


CHANCE = random.Random(20261123)
VOCABULARY = [f"word{number}" for number in range(300)]
LONGEST = {
    "one word": ("a " * 3_000, "a " * 2_000),
    "two words": ("a b " * 1_500, "b a " * 1_500),
    "signs": ("!?" * 3_000, "?!." * 2_000),
    "at random": tuple(" ".join(CHANCE.choices(VOCABULARY, k=750)) for _ in range(2)),
    "backward": tuple(" ".join(map(str, order)) for order in (range(1_200), range(1_199, -1, -1))),
    "every other word": tuple(
        "".join(f"{chr(0x4E00 + n)}{sign}" for n in range(3_000)) for sign in ".,"
    ),
}


@pytest.mark.parametrize("kind", LONGEST)
def test_the_longest_texts_take_no_time_to_speak_of(kind: str) -> None:
    before, after = (text[:LONG] for text in LONGEST[kind])
    begin = time.process_time()
    compare_words(before, after)
    assert time.process_time() - begin < 1
