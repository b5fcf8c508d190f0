# /// script
# requires-python = ">=3.10"
# dependencies = ["polars>=1.30,<2"]
# ///
"""How hard each aircraft works on its New York departures, and what becomes of its delays."""

import polars as pl
from headrace import materialize, transform


@transform(
    name="aircraft_utilisation",
    inputs=["transform.scheduled_flights", "transform.aircraft"],
    description="One row an aircraft: flying days, hours in the air, busiest day, and how it compares with its own model.",
    tags=["gold", "fleet"],
)
@materialize(
    type="postgresql",
    table="gold.aircraft_utilisation",
    mode="upsert_by_key",
    unique_keys=["tailnum"],
)
def aircraft_utilisation(ctx):
    flights = ctx.ref("transform.scheduled_flights").pl().lazy()
    aircraft = ctx.ref("transform.aircraft").pl().lazy()

    flown = flights.filter((pl.col("status") == "flown") & pl.col("tailnum").is_not_null())
    busiest = (
        flown.group_by("tailnum", "flight_date")
        .agg(pl.len().alias("departures"))
        .group_by("tailnum")
        .agg(pl.len().alias("flying_days"), pl.col("departures").max().alias("most_departures_in_a_day"))
    )
    worked = flown.group_by("tailnum").agg(
        pl.len().alias("departures"),
        (pl.col("air_minutes").cast(pl.Int64).sum() / 60).round(1).alias("hours_in_air"),
        pl.col("distance_miles").cast(pl.Int64).sum().alias("miles"),
        pl.col("departure_delay").cast(pl.Float64).median().alias("median_departure_delay"),
        (pl.col("departure_delay") > 60).sum().alias("departures_over_an_hour_late"),
        pl.col("dest").n_unique().alias("destinations"),
    )
    model_median = pl.col("hours_in_air").median().over("model")
    return (
        aircraft.select("tailnum", "main_carrier", "manufacturer", "model", "age_years", "seats")
        .join(worked, on="tailnum")
        .join(busiest, on="tailnum")
        .with_columns(
            pl.when(pl.col("model").is_not_null())
            .then((pl.col("hours_in_air") / model_median).round(2))
            .alias("hours_against_model"),
            (pl.col("hours_in_air") / pl.col("flying_days")).round(2).alias("hours_a_flying_day"),
        )
        .sort("hours_in_air", "tailnum", descending=[True, False])
        .collect()
    )
