// The plan: what a run would do to each node, and why.

/** What changed, in words a person can check. `subject` is a file, column, package or node id where there is one. */
export interface Reason {
  readonly kind:
    | "never_ran"
    | "sql_changed"
    | "python_changed"
    | "config_changed"
    | "inputs_changed"
    | "file_changed"
    | "upstream_changed"
    | "environment_changed"
    | "parameter_changed"
    | "engine_changed"
    | "output_missing"
    | "failed_before"
    | "target_failed"
    | "target_changed"
    | "store_behind"
    | "volatile"
    | "expired"
    | "source_changed"
    | "always"
    | "forced"
    | "pinned"
    | "disabled"
    | "not_selected"
    | "up_to_date"
    | "upstream_failed";
  /** A sentence fragment, e.g. `SQL changed`, `orders.csv changed`, `environment changed: pandas 2.2 → 2.3`. */
  readonly text: string;
  readonly subject: string | null;
}

/**
 * - `run`: will execute.
 * - `check`: decided when its upstreams are done (it stays cached if their outputs come out equal).
 * - `cached`: up to date, nothing to do.
 * - `materialize`: the output is there; only targets and stores are written.
 * - `skip`: disabled or outside the selection.
 */
export type PlanAction = "run" | "check" | "cached" | "materialize" | "skip";

export interface PlanStep {
  readonly node: string;
  readonly kind: string;
  readonly action: PlanAction;
  readonly reasons: readonly Reason[];
  readonly inputs: readonly string[];
  /** Seconds it took last time; `null` when it never ran. */
  readonly expectedSeconds: number | null;
  readonly targets: readonly string[];
  /** What the node will do, where its kind tells: rows, split and environment of a model. */
  readonly details?: readonly string[] | undefined;
}

export interface Plan {
  /** In dependency order. */
  readonly steps: readonly PlanStep[];
  readonly counts: Readonly<Record<PlanAction, number>>;
}
