"""The checks of `checks.ts` in Great Expectations over a parquet file, by pandas; prints how many are met."""

import sys

import great_expectations as gx
import pandas as pd
from great_expectations import expectations as gxe


def expectations() -> list[gxe.Expectation]:
    not_null = ["order_id", "customer_id", "ordered_at", "status", "price"]
    return [
        *(gxe.ExpectColumnValuesToNotBeNull(column=column) for column in not_null),
        gxe.ExpectColumnValuesToBeInSet(column="status", value_set=["new", "paid", "sent", "lost"]),
        gxe.ExpectColumnValuesToBeBetween(column="price", min_value=0, max_value=1000),
        gxe.ExpectColumnValuesToBeBetween(column="quantity", min_value=1, max_value=9),
        gxe.ExpectColumnValuesToBeBetween(column="discount", min_value=0, max_value=0.3),
        gxe.ExpectColumnValueLengthsToBeBetween(column="email", min_value=5, max_value=60),
        gxe.ExpectColumnValueLengthsToBeBetween(column="note", max_value=20),
        gxe.ExpectColumnValuesToMatchRegex(column="email", regex="^user[0-9]+@"),
        gxe.ExpectColumnValuesToBeUnique(column="order_id"),
        gxe.ExpectTableRowCountToBeBetween(min_value=5_000_000),
        gxe.ExpectColumnMeanToBeBetween(column="price", min_value=400, max_value=600),
        gxe.ExpectColumnMaxToBeBetween(column="quantity", min_value=9, max_value=9),
    ]


def main(path: str) -> None:
    context = gx.get_context(mode="ephemeral")
    asset = context.data_sources.add_pandas("files").add_dataframe_asset("orders")
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": pd.read_parquet(path)})
    result = batch.validate(gx.ExpectationSuite(name="orders", expectations=expectations()))
    print(sum(bool(one.success) for one in result.results))


if __name__ == "__main__":
    main(sys.argv[1])
