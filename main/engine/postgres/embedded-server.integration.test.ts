import { expect, it } from "vitest";

import { sharedPostgres, temporaryDatabase } from "../../../test-support/postgres.ts";
import { postgresClient } from "./index.ts";

it("gives every test a real database of its own", async () => {
  const server = await sharedPostgres();
  expect(server.host).toBe("127.0.0.1");
  await using database = await temporaryDatabase();
  await using client = await postgresClient(database.connection, { applicationName: "headrace:test" });
  const { rows } = await client.query("select 9007199254740993::int8 as big, version() as version");
  expect(rows[0]).toMatchObject({ big: "9007199254740993", version: expect.stringContaining("PostgreSQL 18") });
});
