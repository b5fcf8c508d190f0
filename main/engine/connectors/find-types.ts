// The types of text columns without asking everything of every value: what the first rows let expect is confirmed on all
// of them by the cheapest question that settles it; only what it does not fit is asked in full.

import {
  confirmation,
  type ColumnFacts,
  factsIn,
  inferenceQuery,
  isSettled,
  stackedInferenceQuery,
  typeOfFacts,
} from "./infer-types.ts";

type Ask = (sql: string) => Promise<readonly (readonly (string | null)[])[]>;

const sampledRows = 1000;
/** Values of the first rows, of all columns together: of very many columns fewer rows are looked at. */
const sampledValues = 200_000;

/**
 * The narrowest type of each that loses nothing: as `inferenceQuery` alone would find it. Texts are SQL over `relation`,
 * which has `total` rows where that is known.
 */
export const findTypes = async (
  texts: readonly string[],
  relation: string,
  ask: Ask,
  { total = Infinity, sampled = sampledRows }: { readonly total?: number; readonly sampled?: number } = {},
): Promise<readonly string[]> => {
  if (texts.length === 0) return [];
  const most = Math.min(sampled, Math.ceil(sampledValues / texts.length));
  const sample = `(select * from ${relation} limit ${most})`;
  const seen = factsIn((await ask(stackedInferenceQuery(texts, sample))).flat());
  const types = new Map<number, string>();
  const expected: { readonly at: number; readonly sql: string }[] = [];
  for (const [at, text] of texts.entries()) {
    const facts = seen[at];
    if (facts === undefined) continue;
    const sql = confirmation(facts, text);
    if (isSettled(facts) || total <= most) types.set(at, typeOfFacts(facts));
    else if (sql !== null) expected.push({ at, sql });
  }
  if (expected.length > 0) {
    const [answers = []] = await ask(`select ${expected.map(({ sql }) => sql).join(", ")} from ${relation}`);
    for (const [index, { at }] of expected.entries()) {
      const facts = seen[at];
      if (facts !== undefined && answers[index] === "true") types.set(at, typeOfFacts(facts));
    }
  }
  const open = texts.map((_text, at) => at).filter((at) => !types.has(at));
  if (open.length > 0) {
    const sql = inferenceQuery(
      open.map((at) => texts[at] ?? ""),
      relation,
    );
    const found: readonly ColumnFacts[] = factsIn((await ask(sql)).flat());
    for (const [index, at] of open.entries()) {
      const facts = found[index];
      if (facts !== undefined) types.set(at, typeOfFacts(facts));
    }
  }
  return texts.map((_text, at) => types.get(at) ?? "VARCHAR");
};
