import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { stripTrailingSemicolon, tokenize } from "./lexer.ts";

const values = (text: string) => tokenize(text).map(({ kind, value }) => `${kind}:${value}`);

describe("tokenize", () => {
  it.each([
    ["select 'it''s'", ["word:select", "string:it's"]],
    [`select "a""b"`, ["word:select", 'quoted:a"b']],
    ["e'a\\'b' x", ["string:a\\'b", "word:x"]],
    ["x'ff' b'01'", ["string:ff", "string:01"]],
    ["$$it's$$", ["string:it's"]],
    ["$tag$a $$ b$tag$ c", ["string:a $$ b", "word:c"]],
    ["$name + $1", ["parameter:name", "symbol:+", "parameter:1"]],
    ["a -- ref('x')\nb", ["word:a", "word:b"]],
    ["a /* one /* two */ still */ b", ["word:a", "word:b"]],
    ["1.5e-3 .5 1_000", ["number:1.5e-3", "number:.5", "number:1_000"]],
    ["größe.ключ", ["word:größe", "symbol:.", "word:ключ"]],
    ["a$b", ["word:a$b"]],
    ["'open", ["string:open"]],
    ["/* open", []],
    ["$open$ never", ["string: never"]],
    ["", []],
  ])("reads %s", (text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  it("covers any text in order, without gaps that hold more than white space and comments", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
        let at = 0;
        for (const { start, end, text: written } of tokenize(text)) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          expect(text.slice(start, end)).toBe(written);
          at = end;
        }
        expect(at).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it("never finds a word inside a string, an identifier or a comment", () => {
    const hidden = fc.constantFrom(
      (s: string) => `'${s.replaceAll("'", "''")}'`,
      (s: string) => `"${s.replaceAll('"', '""')}"`,
      (s: string) => `$q$${s}$q$`,
      (s: string) => `/* ${s} */`,
      (s: string) => `-- ${s}\n`,
    );
    const content = fc.constantFrom("secret", "secret('x')", "it's secret", 'a "secret"', ";secret;");
    fc.assert(
      fc.property(fc.array(fc.tuple(hidden, content), { maxLength: 6 }), (parts) => {
        const text = parts.map(([hide, inner]) => hide(inner)).join(" visible ");
        const words = tokenize(text).filter(({ kind }) => kind === "word");
        expect(words.every(({ value }) => value === "visible")).toBe(true);
        expect(words).toHaveLength(Math.max(0, parts.length - 1));
      }),
    );
  });
});

describe("stripTrailingSemicolon", () => {
  it.each([
    ["select 1;", "select 1"],
    ["select 1 ; ; \n", "select 1"],
    ["select 1; -- done", "select 1  -- done"],
    ["select ';'", "select ';'"],
    ["select 1; select 2;", "select 1; select 2"],
    ["-- only;", "-- only;"],
  ])("%s", (text, expected) => {
    expect(stripTrailingSemicolon(text)).toBe(expected);
  });
});
