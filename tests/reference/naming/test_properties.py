"""What holds for any text."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from services.reference.naming import levels
from services.reference.naming.words import content, words

WORDS = st.sampled_from(
    ["las", "jahit", "roti", "kue", "servis", "motor", "mobil", "SMAW", "operator", "rajin", "photo"]
)
SEAMS = st.sampled_from([", ", " / ", "; ", "\n", " dan ", " & ", " (", ") ", " + ", ". ", " ", " - ", "/", ","])
LISTS = st.lists(st.tuples(WORDS, SEAMS), max_size=8).map(lambda parts: "".join(map("".join, parts)))
anything = settings(max_examples=150, deadline=None)


class TestAnyText:
    @anything
    @given(text=st.text(max_size=300))
    def test_is_read_and_searched_without_an_error(self, small, text):
        reading = small.read(text)

        assert reading.text == text
        assert (reading.concept is None) == (reading.how == "unsure")
        assert reading.level in {None, 1, 2, 3, 4, 5}
        assert len(reading.best) <= 3
        assert len(small.search(text, 5)) <= 5
        assert all(0 <= hit.score <= 1 for hit in reading.best)

    @anything
    @given(text=st.text(max_size=300))
    def test_is_split_without_an_error(self, small, text):
        assert all(any(map(str.isalnum, reading.text)) for reading in small.read_list(text))

    @anything
    @given(text=LISTS)
    def test_loses_no_word_by_being_split(self, small, text):
        kept = " ".join(reading.text for reading in small.read_list(text))

        assert [word for word in re.findall(r"\w+", text) if word != "dan"] == [
            word for word in re.findall(r"\w+", kept) if word != "dan"
        ]

    @anything
    @given(first=WORDS, second=WORDS)
    def test_says_the_same_in_another_order(self, small, first, second):
        one, other = small.read(f"{first} {second}"), small.read(f"{second} {first}")

        assert (one.concept is None) == (other.concept is None) or "exact" in {one.how, other.how}

    @anything
    @given(text=st.text(max_size=250))
    def test_is_in_words_what_its_capitals_are(self, text):
        assert words(text.upper()) == words(text.upper().casefold())
        assert set(content(words(text))) <= set(words(text))

    @anything
    @given(text=st.text(max_size=80))
    def test_says_a_level_of_five_at_most(self, text):
        rest, level = levels.without_number(text)

        assert level in {None, 1, 2, 3, 4, 5}
        assert (level is None) == (rest == text)


class TestAnyTerm:
    def test_is_read_as_its_concept_by_its_very_words(self, index, taxonomy):
        read = [(skill, text, index.read(text)) for skill, texts in taxonomy.items() for text in texts]

        assert [(skill, text) for skill, text, reading in read if reading.concept != skill] == []
        assert {reading.how for _, _, reading in read} == {"exact"}

    def test_is_found_first_by_its_very_words(self, index, taxonomy):
        labels = [(skill, texts[0]) for skill, texts in taxonomy.items()]

        assert [(skill, label) for skill, label in labels if index.search(label, 1)[0].concept != skill] == []
