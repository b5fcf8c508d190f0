"""The checks of `checks.ts` in Soda over a parquet file, by its DuckDB; prints how many are met."""

import sys

import duckdb
from soda.scan import Scan

CHECKS = """
checks for orders:
  - missing_count(order_id) = 0
  - missing_count(customer_id) = 0
  - missing_count(ordered_at) = 0
  - missing_count(status) = 0
  - missing_count(price) = 0
  - invalid_count(status) = 0:
      valid values: [new, paid, sent, lost]
  - invalid_count(price) = 0:
      valid min: 0
      valid max: 1000
  - invalid_count(quantity) = 0:
      valid min: 1
      valid max: 9
  - invalid_count(discount) = 0:
      valid min: 0
      valid max: 0.3
  - invalid_count(email) = 0:
      valid min length: 5
      valid max length: 60
  - invalid_count(note) = 0:
      valid max length: 20
  - invalid_count(email) = 0:
      valid regex: ^user[0-9]+@.*
  - duplicate_count(order_id) = 0
  - row_count >= 5000000
  - avg(price) between 400 and 600
  - max(quantity) = 9
"""


def main(path: str) -> None:
    connection = duckdb.connect()
    connection.execute(f"create view orders as select * from read_parquet('{path}')")
    scan = Scan()
    scan.disable_telemetry()
    scan.add_duckdb_connection(connection)
    scan.set_data_source_name("duckdb")
    scan.add_sodacl_yaml_str(CHECKS)
    scan.execute()
    outcomes = [check["outcome"] for check in scan.get_scan_results()["checks"]]
    print(outcomes.count("pass"))


if __name__ == "__main__":
    main(sys.argv[1])
