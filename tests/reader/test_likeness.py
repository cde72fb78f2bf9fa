"""Countries under all their names, and how much of a question a sentence covers."""

from assistant.reader.countries import country_mentions
from assistant.reader.likeness import Likeness
from assistant.reader.support import met, support, terms
from index.embedding.encoder import shared_encoder


def test_a_country_is_met_by_its_people_and_its_abbreviation() -> None:
    assert support("Is she from Germany?", "She sits in the German parliament.").names == 1
    assert support("What did the US say?", "American officials said nothing.").names == 1
    assert support("What did Russia say?", "Moscow said nothing.").names == 1


def test_a_city_is_not_met_by_its_country() -> None:
    assert support("Which college in Tokyo is it?", "She teaches in Japan.").names == 0


def test_north_and_south_are_two_countries() -> None:
    found = {m.country for m in country_mentions("North Koreans and South Korea's army; tell us")}
    assert found == {"North Korea", "South Korea"}


def test_a_name_may_be_spelt_otherwise_but_not_be_another() -> None:
    term = terms("What does Zelenskyy want?")[0]
    assert met(term, frozenset({"zelensky"}))
    assert not met(terms("Is he from Austria?")[0], frozenset({"country Australia"}))


def test_like_words_count_in_part_and_names_must_stand_there() -> None:
    likeness = Likeness(shared_encoder().encode)
    question = "Did Ann Lee purchase the car?"
    exact = likeness.coverage(question, "Ann Lee purchased the car.")
    alike = likeness.coverage(question, "Ann Lee bought the vehicle.")
    other = likeness.coverage(question, "The weather was fine.")
    assert exact.share == 1
    assert exact.share > alike.share > other.share
    assert alike.named
    assert not other.named
    assert likeness.coverage(question, "She bought it.", "Ann Lee came.").named
