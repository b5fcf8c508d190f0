# /// script
# requires-python = ">=3.10"
# dependencies = ["numpy>=2.2,<3", "pandas>=2.2,<3"]
# ///
"""Federal holidays, worked out by pandas' calendar rules instead of being kept in a file."""

import pandas as pd
from headrace import source
from pandas.tseries.holiday import USFederalHolidayCalendar


@source(
    name="us_holidays",
    description="Federal holidays of the United States in 2013.",
    tags=["bronze", "reference"],
)
def us_holidays(ctx):
    holidays = USFederalHolidayCalendar().holidays(start="2013-01-01", end="2013-12-31", return_name=True)
    return pd.DataFrame({"holiday_date": holidays.index.date, "holiday": holidays.to_numpy(dtype=str)})
