import type { TestName, TestSpecs, Threshold } from "../../../shared/graph/kinds/checks.ts";

export type Severity = "error" | "warn" | "info";

/** One check in the form that all spellings come to. JSON-safe: it is part of a node's plan. */
export interface Check<K extends TestName = TestName> {
  /** Unique in its node; kept with results and failing rows. */
  readonly id: string;
  readonly type: K;
  readonly spec: TestSpecs[K];
  readonly where: string | null;
  readonly nullsFail: boolean;
  readonly severity: Severity;
  readonly warnIf: Threshold | null;
  readonly errorIf: Threshold | null;
  /** The person's own words for a violation. */
  readonly message: string | null;
}

/** A further table that each checked row is looked up in: at most one of its rows matches. */
export interface Lookup {
  /** A SELECT of the keys, named `keys`. */
  readonly sql: string;
  readonly keys: readonly string[];
  /** The columns of the checked table that are looked up. */
  readonly columns: readonly string[];
}

/** A check of each row: `bad` is true for a violating row, `isNull` where there was nothing to check. */
export interface RowProbe {
  readonly kind: "rows";
  readonly columns: readonly string[];
  readonly bad: string;
  readonly isNull: string | null;
  readonly lookup: Lookup | null;
  /** The one column whose NULLs are what `isNull` finds: those are counted without a look at its values. */
  readonly nullsOf?: string | undefined;
  /** An aggregate of least and greatest values that is true when no row can violate the check. */
  readonly proof?: string | undefined;
}

/** No two rows share their key; a key with a NULL in it is no key. */
export interface UniqueProbe {
  readonly kind: "unique";
  readonly columns: readonly string[];
  /** True for one column of whole numbers: where they lie close together, a bit each tells which are there. */
  readonly isWhole: boolean;
}

/** What a figure came to. `level` overrides severity and thresholds. */
export interface FigureVerdict {
  readonly violated: boolean;
  readonly observed: string;
  readonly level?: "pass" | Severity | undefined;
}

export interface FigureContext {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The figure's values in earlier runs, newest last. */
  readonly earlier: readonly number[];
}

/** A check of one figure of the whole table. */
export interface FigureProbe {
  readonly kind: "figure";
  readonly columns: readonly string[];
  /** An aggregate; `filter` has to be put behind it where it can be. */
  readonly aggregate: string;
  /** False for an expression of several aggregates, which is computed over a filtered table instead. */
  readonly takesFilter: boolean;
  readonly judge: (value: string | null, context: FigureContext) => FigureVerdict;
}

/** A check of column names and types; reads no rows. */
export interface SchemaProbe {
  readonly kind: "schema";
  readonly columns: readonly [];
  readonly spec: TestSpecs["schema"];
}

/** A SELECT whose rows are the violations. */
export interface QueryProbe {
  readonly kind: "query";
  readonly columns: readonly [];
  readonly sql: string;
}

export type Probe = RowProbe | UniqueProbe | FigureProbe | SchemaProbe | QueryProbe;

/** How one check is made and told. */
export interface CheckKind<K extends TestName> {
  /** What holds when nothing violates it, e.g. `price between 0 and 10`. */
  readonly claim: (spec: TestSpecs[K]) => string;
  /** `at` is the check's number in its node, for names that must not clash. */
  readonly probe: (spec: TestSpecs[K], at: number, typeOf: TypeOf) => Probe;
}

/** A column's type in the checked table; `null` while the table is not known: the probe then fits any type. */
export type TypeOf = (column: string) => string | null;

export const defineCheck = <K extends TestName>(_type: K, kind: CheckKind<K>): CheckKind<K> => kind;
