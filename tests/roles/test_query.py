"""What is typed into a search: read into terms, whatever it is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobdesc.roles.marking import LONGEST, best_of, marked
from jobdesc.roles.query import (
    LONGEST_PHRASE,
    LONGEST_TOKEN,
    MOST_TERMS,
    Query,
    Term,
    read_query,
    replace_words,
    tokens_of,
)

SIGNS = st.text(alphabet=st.sampled_from("aB é-\"'*:()&|!\\\x00%ﷺ½ﬁ한🙂"), max_size=60)


def word(*forms: str) -> Term:
    return Term(((forms[0],),), tuple((form,) for form in forms))


def test_words_begin_longer_ones_and_phrases_do_not() -> None:
    assert read_query("Discharge Nürse") == Query((word("discharge"), word("nurse")))
    assert read_query('"Discharge planning"') == Query((Term((("discharge", "planning"),)),))
    assert read_query('"discharge pl') == Query(
        (Term((("discharge", "pl"),), (("discharge", "pl"),)),)
    )


def test_a_minus_shuts_out_a_word_or_a_phrase_and_a_hyphen_does_not() -> None:
    asked = read_query('nurse -lead -"on call" c-swcm well - being')
    assert asked.without == (Term((("lead",),)), Term((("on", "call"),)))
    ways = (("c", "swcm"), ("cswcm",))
    assert asked.terms == (word("nurse"), Term(ways, ways), word("well"), word("being"))


def test_other_forms_of_a_word_are_asked_for_too() -> None:
    assert read_query("nurses") == Query((word("nurses", "nurse"),))
    assert read_query("planning") == Query((word("planning", "plan"),))
    assert read_query("a") == Query((Term((("a",),)),))


def test_small_words_count_only_where_there_is_nothing_else() -> None:
    assert read_query("the care of people") == read_query("care people")
    assert read_query("OR") == Query((word("or"),))
    assert read_query('"care of people"').terms == (Term((("care", "of", "people"),)),)


@pytest.mark.parametrize(
    "text", ["", "   ", '""', "-", "--- -", '-"', "*&|!()", "🙂", "\x00", "\ud800"]
)
def test_signs_alone_ask_for_nothing(text: str) -> None:
    assert not read_query(text)


def test_what_is_endless_becomes_small() -> None:
    asked = read_query(" ".join(f"w{n}" for n in range(10_000)))
    assert len(asked.terms) == MOST_TERMS
    (term,) = read_query('"' + "ab " * 10_000).terms
    assert len(term.exact[0]) <= LONGEST_PHRASE
    assert len(read_query("x" * 10_000).terms[0].word) == LONGEST_TOKEN


def test_a_word_is_replaced_with_its_other_forms() -> None:
    asked = replace_words(read_query('nurces "nurces" -nurces'), {"nurces": "nurses"})
    assert asked.terms == (word("nurses", "nurse"), word("nurses", "nurse"))[:1] + asked.terms[1:]
    assert asked.without == (Term((("nurces",),)),)


@settings(deadline=None)
@given(st.one_of(st.text(max_size=300), SIGNS))
def test_tokens_are_letters_and_figures_of_limited_length(text: str) -> None:
    asked = read_query(text)
    ways = [way for term in (*asked.terms, *asked.without) for way in (*term.exact, *term.begun)]
    tokens = [token for way in ways for token in way] + tokens_of(text, 50)
    assert all(token.isalnum() and len(token) <= LONGEST_TOKEN for token in tokens)
    assert all(ways) and len(asked.terms) <= MOST_TERMS and len(asked.without) <= MOST_TERMS


@settings(deadline=None)
@given(SIGNS)
def test_a_text_is_found_by_each_of_its_own_words(text: str) -> None:
    tokens = tokens_of(text, 1_000)
    for term in read_query(text.replace('"', " ").replace("-", " ")).terms:
        assert term.word in tokens


@settings(deadline=None)
@given(st.text(max_size=300), SIGNS)
def test_marking_changes_no_letter(text: str, query: str) -> None:
    assert "".join(piece for piece, _ in marked(text, read_query(query))) == text


def test_the_text_with_the_most_words_is_cut_around_the_first() -> None:
    long = "Helps. " * 60 + "Plans the discharge of patients. " + "More. " * 60
    pieces = best_of(["Plans.", long, "Nothing"], read_query("plan discharge"))
    assert [piece for piece, found in pieces if found] == ["Plans", "discharge"]
    shown = "".join(piece for piece, _ in pieces)
    assert shown.startswith("… ") and shown.endswith(" …") and len(shown) <= LONGEST + 4
    assert best_of(["Nothing"], read_query("zebra")) == ()
    assert "".join(piece for piece, _ in best_of(["x" * 500], read_query("xx"))).endswith("…")
