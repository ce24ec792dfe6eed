"""What breaks: a sentence that a name in it turns round."""

from __future__ import annotations

from ui.words.language import PageTexts


def test_a_name_does_not_turn_the_words_behind_it() -> None:
    t = PageTexts("zh")
    said = t("intake.about_title", file="\u202e甲\u2066乙\u2069")
    assert said == t("intake.about_title", file="甲乙")
