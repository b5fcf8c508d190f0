import { describe, expect, it } from "vitest";

import { fit } from "./type-fit.ts";

const plain = { isEnum: false };

describe("fit", () => {
  it.each([
    ["integer", "integer", "same"],
    ["integer", "bigint", "fits"],
    ["integer", "numeric(10,0)", "fits"],
    ["integer", "numeric(12,2)", "fits"],
    ["integer", "double precision", "fits"],
    ["real", "double precision", "fits"],
    ["numeric(4,0)", "smallint", "fits"],
    ["numeric(10,2)", "numeric", "fits"],
    ["numeric(10,2)", "numeric(12,2)", "fits"],
    ["date", "timestamp without time zone", "fits"],
    ["text", "character varying", "fits"],
    ["integer[]", "bigint[]", "fits"],
    ["text", "character varying(5)", "checked"],
    ["text", "uuid", "checked"],
    ["bigint", "double precision", "lossy"],
    ["numeric(10,2)", "double precision", "lossy"],
    ["text", "integer", "lossy"],
    ["integer", "text", "lossy"],
    ["timestamp without time zone", "timestamp with time zone", "lossy"],
    ["boolean", "integer", "lossy"],
    ["text[]", "uuid[]", "lossy"],
  ])("%s into %s: %s", (from, to, how) => {
    expect(fit(from, to, plain).how).toBe(how);
  });

  it.each([
    ["bigint", "integer", "bigint"],
    ["numeric(38,0)", "bigint", "numeric(38,0)"],
    ["numeric(18,4)", "numeric(10,2)", "numeric(18,4)"],
    ["numeric(10,4)", "numeric(18,2)", "numeric(20,4)"],
    ["numeric(12,2)", "bigint", "numeric(21,2)"],
    ["double precision", "real", "double precision"],
    ["timestamp without time zone", "date", "timestamp without time zone"],
    ["bigint[]", "integer[]", "bigint[]"],
  ])("%s widens %s to %s", (from, to, wider) => {
    expect(fit(from, to, plain)).toEqual({ how: "widen", to: wider });
  });

  it("text goes into an enum value by value", () => {
    expect(fit("text", "mood", { isEnum: true }).how).toBe("checked");
  });
});
