// Whether values of one PostgreSQL type go into a column of another without loss.

/**
 * - `same`, `fits`: every value goes in as it is.
 * - `checked`: text whose values decide; looked at in the stage before anything is written.
 * - `widen`: the column has to become `to` first.
 * - `lossy`: values could change, so it is refused by name.
 */
export type Fit =
  | { readonly how: "same" }
  | { readonly how: "fits" }
  | { readonly how: "checked" }
  | { readonly how: "widen"; readonly to: string }
  | { readonly how: "lossy" };

/** Digits before and behind the point; `null` behind means any. */
interface Digits {
  readonly whole: number;
  readonly scale: number;
}

const integers: Readonly<Record<string, number>> = { smallint: 5, integer: 10, bigint: 19 };
/** What a `numeric(p,0)` may have at most to fit. */
const integerRoom: Readonly<Record<string, number>> = { smallint: 4, integer: 9, bigint: 18 };
const unlimited: Digits = { whole: Number.POSITIVE_INFINITY, scale: Number.POSITIVE_INFINITY };

const digitsOf = (type: string): Digits | null => {
  if (type in integers) return { whole: integers[type] ?? 0, scale: 0 };
  if (type === "numeric") return unlimited;
  const match = /^numeric\((\d+),(-?\d+)\)$/.exec(type);
  return match === null ? null : { whole: Number(match[1]) - Number(match[2]), scale: Number(match[2]) };
};

const roomOf = (type: string): Digits | null =>
  type in integerRoom ? { whole: integerRoom[type] ?? 0, scale: 0 } : digitsOf(type);

const numericFits = (from: string, to: string): boolean => {
  const need = digitsOf(from);
  if (to === "double precision") return ["smallint", "integer", "real"].includes(from);
  if (to === "real") return from === "smallint";
  if (need === null) return false;
  if (from in integers && to in integers) return (integers[from] ?? 0) <= (integers[to] ?? 0);
  const room = roomOf(to);
  return room !== null && need.whole <= room.whole && need.scale <= room.scale;
};

/** The narrowest type that holds both, where there is one. */
const common = (from: string, to: string): string | null => {
  if (numericFits(to, from)) return from;
  const [a, b] = [digitsOf(from), digitsOf(to)];
  if (a === null || b === null) return null;
  const [whole, scale] = [Math.max(a.whole, b.whole), Math.max(a.scale, b.scale)];
  return Number.isFinite(whole + scale) ? `numeric(${whole + scale},${scale})` : "numeric";
};

const textual = new Set(["text", "character varying", "citext"]);
const limitedText = /^character( varying)?\(\d+\)$|^character$/;
/** Types that text is often kept in by hand; each value is tried. */
const parsedText = new Set(["uuid", "json", "jsonb", "inet", "cidr", "macaddr", "macaddr8", "xml", "name", "ltree"]);

/** How values of type `from` (ours) relate to a column of type `to` (the target's). */
export const fit = (from: string, to: string, target: { readonly isEnum: boolean }): Fit => {
  if (from === to) return { how: "same" };
  if (from.endsWith("[]") && to.endsWith("[]")) {
    const inner = fit(from.slice(0, -2), to.slice(0, -2), target);
    if (inner.how === "widen") return { how: "widen", to: `${inner.to}[]` };
    return inner.how === "checked" ? { how: "lossy" } : inner;
  }
  if (numericFits(from, to)) return { how: "fits" };
  const wider = common(from, to);
  if (wider !== null) return { how: "widen", to: wider };
  if (from === "date" && to === "timestamp without time zone") return { how: "fits" };
  if (to === "date" && from === "timestamp without time zone") return { how: "widen", to: from };
  if (from === "jsonb" && to === "json") return { how: "fits" };
  if (from === "text" && textual.has(to)) return { how: "fits" };
  if (from === "bit varying" && to.startsWith("bit")) return { how: "checked" };
  if (from === "text" && (limitedText.test(to) || parsedText.has(to) || target.isEnum)) return { how: "checked" };
  return { how: "lossy" };
};
