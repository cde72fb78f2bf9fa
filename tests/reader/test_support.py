"""How much of a question a passage speaks of."""

from assistant.reader.support import stem, support


def test_names_numbers_and_words_are_counted_apart() -> None:
    passage = "In 2019 the mayor, Ann Lee, opened the new bridge over the Vaal."
    found = support("Did Ann Brown open the bridge in 2019?", passage)
    assert found.names == 0.5
    assert found.numbers == 1.0
    assert 0 < found.words < 1


def test_a_question_without_names_misses_none() -> None:
    assert support("what happened", "Nothing at all.").names == 1.0


def test_stems_join_the_forms_of_a_word() -> None:
    assert stem("supplies") == stem("supplied") == stem("supply")
    assert stem("Zelensky’s") == stem("Zelensky")
    assert stem("Bogdańska") == stem("Bogdanska")
