import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { splitStatements } from "./split-statements.ts";

describe("splitStatements", () => {
  it.each([
    ["select 1;", ["select 1"]],
    ["select 1; select 2;", ["select 1", "select 2"]],
    ["select ';';", ["select ';'"]],
    ["select 'it''s;';", ["select 'it''s;'"]],
    [String.raw`select E'\';';`, [String.raw`select E'\';'`]],
    [String.raw`select name'\';`, [String.raw`select name'\'`]],
    ['select "a;b";', ['select "a;b"']],
    ["select $$a;b$$;", ["select $$a;b$$"]],
    ["do $body$ begin; $$;$$ end $body$;", ["do $body$ begin; $$;$$ end $body$"]],
    ["select a$1;", ["select a$1"]],
    ["select $1;", ["select $1"]],
    ["-- no; statement\nselect 1; -- after\n", ["select 1"]],
    ["/* a; /* b; */ c; */ select 1;", ["select 1"]],
    [
      "create rule r as on insert to t do (select 1; select 2);",
      ["create rule r as on insert to t do (select 1; select 2)"],
    ],
    [";;  ;", []],
    ["-- only a comment\n;", []],
  ])("%s", (text, statements) => expect(splitStatements(text)).toEqual({ statements, rest: "", inside: "nothing" }));

  it.each([
    ["select 1", "statement"],
    ["select 'a;", "'"],
    ['select "a;', '"'],
    ["select $x$ ; $$", "$"],
    ["select /* ;", "*"],
    ["select (1;", "("],
    ["  \n", "nothing"],
    ["-- a comment\n", "nothing"],
    ["-- a comment", "nothing"],
  ])("%j is still inside %s", (text, inside) => {
    expect(splitStatements(text)).toMatchObject({ statements: [], inside });
  });

  it("says the same whether text comes at once or line by line", () => {
    const piece = fc.constantFrom(
      "select 1",
      ";",
      "'",
      "''",
      '"',
      "$$",
      "$x$",
      "--",
      "/*",
      "*/",
      "(",
      ")",
      "\n",
      " ",
      "e'\\'",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = `${pieces.join("")}\n`;
        const whole = splitStatements(text);
        const statements: string[] = [];
        let rest = "";
        for (const line of text.split(/(?<=\n)/)) {
          const split = splitStatements(rest + line);
          statements.push(...split.statements);
          rest = split.rest;
        }
        expect({ statements, rest: rest.trim() }).toEqual({ statements: whole.statements, rest: whole.rest.trim() });
      }),
      { numRuns: 500 },
    );
  });
});
