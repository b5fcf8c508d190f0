# /// script
# requires-python = ">=3.10"
# dependencies = ["numpy>=2.2,<3", "pandas>=2.2,<3"]
# ///
"""What an aircraft's registration says: its form, and the block of letters that airlines reserve for their fleets."""

import pandas as pd
from headrace import transform

FORM = r"^N(?P<digits>[1-9]\d{0,4})(?P<suffix>[A-HJ-NP-Z]{0,2})$"


@transform(
    name="tail_numbers",
    inputs=["transform.scheduled_flights"],
    description="One row a registration: parts of the number, and the airline that flew it most.",
    tags=["silver", "fleet"],
)
def tail_numbers(ctx):
    flights = ctx.ref("transform.scheduled_flights").df()[["tailnum", "carrier", "flight_date"]]
    flights = flights.dropna(subset=["tailnum"])

    flown = flights.groupby(["tailnum", "carrier"]).size().rename("flights").reset_index()
    flown = flown.sort_values(["tailnum", "flights", "carrier"], ascending=[True, False, True])
    main_carrier = flown.drop_duplicates("tailnum").set_index("tailnum")["carrier"]

    grouped = flights.groupby("tailnum")
    tails = pd.DataFrame(
        {
            "flights": grouped.size(),
            "carriers": grouped["carrier"].nunique(),
            "main_carrier": main_carrier,
            "first_seen": pd.to_datetime(grouped["flight_date"].min()).dt.date,
            "last_seen": pd.to_datetime(grouped["flight_date"].max()).dt.date,
        }
    ).reset_index()

    parts = tails["tailnum"].str.extract(FORM)
    tails["well_formed"] = parts["digits"].notna()
    tails["serial"] = pd.to_numeric(parts["digits"]).astype("Int32")
    tails["suffix"] = parts["suffix"].replace("", pd.NA).astype("string")
    return tails.sort_values("tailnum", ignore_index=True)
