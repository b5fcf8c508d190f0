// What least and greatest values alone tell: DuckDB knows those of most files without reading a row.

import { quoted } from "../duckdb/sql/identifiers.ts";
import { isChecksOwn } from "./problems.ts";
import type { Known, ProbedCheck } from "./scan.ts";

type OneRow = (sql: string) => Promise<readonly (string | null)[]>;

/** So many whole numbers a row may lie apart for a bit each to be cheaper than a table of those that were seen. */
const bitsPerRow = 64n;
const mostBits = 1n << 27n;

const proofOf = ({ check, probe }: ProbedCheck): string | null =>
  probe.kind === "rows" && check.where === null && !check.nullsFail ? (probe.proof ?? null) : null;

const wholeColumn = ({ check, probe }: ProbedCheck): string | null =>
  probe.kind === "unique" && probe.isWhole && check.where === null ? quoted(probe.columns[0] ?? "") : null;

/** Asks for bounds where a check can make use of them; what cannot be told is left to the scan. */
export const knownBounds = async (probed: readonly ProbedCheck[], oneRow: OneRow): Promise<Known> => {
  const proven = new Set<number>();
  const spans = new Map<number, { readonly least: string; readonly greatest: string }>();
  const proofs = probed.flatMap((entry, at) => withPlace(at, proofOf(entry)));
  const wholes = probed.flatMap((entry, at) => withPlace(at, wholeColumn(entry)));
  if (proofs.length + wholes.length === 0) return { proven, spans };
  const list = [
    ...proofs.map(({ sql }) => sql),
    ...wholes.flatMap(({ sql }) => [`min(${sql})`, `max(${sql})`]),
    "count(*)",
  ];
  const cells = await oneRow(`select ${list.join(", ")} from input_0`).catch((thrown: unknown) => {
    // The scan meets the same error and says whose it is.
    if (isChecksOwn(thrown)) return null;
    throw thrown;
  });
  if (cells === null) return { proven, spans };
  const rows = BigInt(cells.at(-1) ?? 0);
  for (const [index, { at }] of proofs.entries()) if (cells[index] === "true") proven.add(at);
  for (const [index, { at }] of wholes.entries()) {
    const [least, greatest] = cells.slice(proofs.length + index * 2);
    if (least == null || greatest == null) continue;
    const bits = BigInt(greatest) - BigInt(least) + 1n;
    if (!isSafe(least) || !isSafe(greatest)) continue;
    if (bits <= mostBits && bits <= rows * bitsPerRow) spans.set(at, { least, greatest });
  }
  return { proven, spans };
};

/** A number that any of the whole types takes as it is written. */
const isSafe = (text: string): boolean => Number.isSafeInteger(Number(text));

const withPlace = (at: number, sql: string | null): readonly { readonly at: number; readonly sql: string }[] =>
  sql === null ? [] : [{ at, sql }];
