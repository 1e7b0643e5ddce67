"""Answers of a population: a yes-or-no column in which a gap is a cannot-tell."""

import polars as pl

from tongxing.rulebook.answers import CANNOT_TELL, NO, YES

ANSWERS = pl.Enum([NO.word, CANNOT_TELL.word, YES.word])


def in_words(answers: pl.DataFrame) -> pl.DataFrame:
    """The same answers as `no`, `cannot_tell` and `yes`, in that order."""
    answer = pl.all()
    word = pl.when(answer).then(pl.lit(YES.word)).when(~answer).then(pl.lit(NO.word))
    return answers.select(word.otherwise(pl.lit(CANNOT_TELL.word)).cast(ANSWERS).name.keep())
