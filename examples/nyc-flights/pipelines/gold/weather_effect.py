# /// script
# requires-python = ">=3.10"
# dependencies = ["numpy>=2.2,<3", "pandas>=2.2,<3"]
# ///
"""What weather costs in minutes, with the hour of the day, the weekday, the month and the airport held equal."""

import numpy as np
import pandas as pd
from headrace import materialize, transform

FACTORS = {
    "a tenth of an inch of rain": lambda flights: flights["rain_inches"] * 10,
    "10 mph of gust": lambda flights: flights["gust_mph"] / 10,
    "a mile less of visibility": lambda flights: 10 - flights["visibility_miles"].clip(upper=10),
    "freezing": lambda flights: flights["temperature_f"] <= 32,
}
READINGS = ["rain_inches", "gust_mph", "visibility_miles", "temperature_f"]


def held_equal(flights):
    """A column of ones and zeros for each hour, weekday, month and airport but the first."""
    departure = pd.to_datetime(flights["scheduled_departure"])
    groups = {
        "hour": departure.dt.hour,
        "weekday": departure.dt.dayofweek,
        "month": departure.dt.month,
        "origin": flights["origin"],
    }
    return pd.concat([pd.get_dummies(values, prefix=name, drop_first=True) for name, values in groups.items()], axis=1)


def least_squares(design, outcome):
    """Coefficients and standard errors that allow for unequal spread (White's)."""
    bread = np.linalg.inv(design.T @ design)
    coefficients = bread @ (design.T @ outcome)
    residuals = outcome - design @ coefficients
    meat = (design * residuals[:, None] ** 2).T @ design
    return coefficients, np.sqrt(np.diag(bread @ meat @ bread))


@transform(
    name="weather_effect",
    inputs=["transform.flights_enriched"],
    description="Least squares of departure delay on weather, airport by airport and for all of New York.",
    tags=["gold", "weather"],
)
@materialize(type="postgresql", table="gold.weather_effect", mode="full")
def weather_effect(ctx):
    flights = ctx.ref("transform.flights_enriched").df().dropna(subset=["departure_delay", *READINGS])
    samples = [("all", flights), *flights.groupby("origin")]
    rows = []
    for airport, sample in samples:
        factors = np.column_stack([factor(sample) for factor in FACTORS.values()])
        design = np.column_stack([factors, held_equal(sample), np.ones(len(sample))]).astype(float)
        design = design[:, np.any(design != 0, axis=0)]
        delay = sample["departure_delay"].to_numpy(dtype=float)
        coefficients, errors = least_squares(design, delay)
        for factor, minutes, error in zip(FACTORS, coefficients, errors):
            rows.append((airport, factor, len(sample), round(minutes, 2), round(error, 2)))
    effects = pd.DataFrame(rows, columns=["origin", "factor", "flights", "minutes_later", "standard_error"])
    effects["t_value"] = (effects["minutes_later"] / effects["standard_error"]).round(1)
    print(effects[effects["origin"] == "all"].to_string(index=False))
    return effects
