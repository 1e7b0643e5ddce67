"""What several possibilities share."""

import polars as pl


def agreed(answers: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """One row for each key, in order: in every column the answer its rows share, or a gap."""
    columns = [pl.col(name) for name in answers.columns if name not in keys]
    shared = [
        pl.when(answer.null_count() == 0, answer.all() == answer.any()).then(answer.all())
        for answer in columns
    ]
    return answers.group_by(keys, maintain_order=True).agg(
        share.alias(answer.meta.output_name())
        for share, answer in zip(shared, columns, strict=True)
    )
