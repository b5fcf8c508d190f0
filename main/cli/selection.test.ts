import { Command } from "commander";
import { expect, it } from "vitest";

import { addSelection } from "./declare-options.ts";
import { planOptions } from "./selection.ts";
import type { SelectionOptions } from "./session.ts";

it.each([
  [[], true],
  [["--materialize"], true],
  [["--no-materialize"], false],
] as const)("writes targets unless told not to: %j", (given, expected) => {
  const command = addSelection(new Command()).parse([...given], { from: "user" });
  expect(planOptions(command.opts<SelectionOptions>(), []).materialize).toBe(expected);
});
