import { readdir } from "node:fs/promises";

import { expect, it } from "vitest";

import { contract } from "./contract.ts";

const folder = new URL("calls/", import.meta.url);

it("has each call of each area once, calls that begin alike in one file", async () => {
  const files = (await readdir(folder)).filter((name) => name !== "fields.ts");
  const areas = await Promise.all(
    files.map(async (file) => {
      const exported = Object.values((await import(new URL(file, folder).href)) as Record<string, object>);
      return { file, calls: exported.flatMap((calls) => Object.keys(calls)) };
    }),
  );
  // A later area would quietly take the place of an earlier one's call of the same name.
  expect(areas.flatMap(({ calls }) => calls).toSorted()).toEqual(Object.keys(contract).toSorted());
  const places = areas.flatMap(({ file, calls }) =>
    [...new Set(calls.map((name) => name.slice(0, name.indexOf("."))))].map((beginning) => `${beginning} ${file}`),
  );
  const shared = places.filter((place) =>
    places.some((other) => other !== place && other.split(" ")[0] === place.split(" ")[0]),
  );
  expect(shared).toEqual([]);
});
