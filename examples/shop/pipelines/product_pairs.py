"""Products that are bought together; needs nothing but what every Python node has."""

from collections import Counter
from itertools import combinations

import pyarrow as pa
from headrace import transform


@transform(
    name="product_pairs",
    inputs=["source.order_items"],
    description="How often two products were in the same order.",
    tags=["gold"],
)
def product_pairs(ctx):
    baskets = ctx.duckdb.sql(
        "SELECT list(product ORDER BY product) FROM source.order_items GROUP BY order_id ORDER BY order_id"
    ).fetchall()
    pairs = Counter(pair for (products,) in baskets for pair in combinations(products, 2))
    rows = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    return pa.table(
        {
            "product": [first for (first, _), _ in rows],
            "bought_with": [second for (_, second), _ in rows],
            "orders": pa.array([count for _, count in rows], pa.int32()),
        }
    )
