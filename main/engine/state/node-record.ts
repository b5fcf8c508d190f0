import type { Column } from "../../../shared/graph/index.ts";
import type { NodeMetadata, NodeStatus } from "../../../shared/run/index.ts";
import type { FileStamp } from "../files/index.ts";

/** The hashes a fingerprint is made of, kept apart so that a plan can name the part that changed. */
export interface FingerprintParts {
  /** The body: SQL tree or Python sources. */
  readonly code: string;
  /** What the executor's plan says, without parameters. */
  readonly config: string;
  readonly params: string;
  /** Locked environment, `null` without Python. */
  readonly environment: string | null;
  /** Engine and executor versions, as text. */
  readonly engine: string;
  /** Input ids in order. */
  readonly inputs: readonly string[];
  /** Output hashes of the inputs, in the same order. */
  readonly upstream: readonly string[];
  /** What lies outside the project's definition: file → SHA-256, watermark → answer. */
  readonly external: Readonly<Record<string, string>>;
  /** Logical date and interval, when the node uses them. */
  readonly interval: string | null;
}

/** The file a node's output lives in. */
export interface OutputRecord {
  /** Relative to `target/`, e.g. `cache/<fingerprint>.parquet`. */
  readonly file: string;
  readonly hash: string;
  readonly stamp: FileStamp;
  readonly bytes: number;
}

/** A further table of a node, read as `kind.node__name`. */
export interface ExtraRecord {
  readonly name: string;
  readonly output: OutputRecord;
  readonly rows: number;
  readonly columns: readonly Column[];
}

/** What a target last received; equal hashes mean that there is nothing to write. */
export interface TargetRecord {
  readonly status: "SUCCESS" | "FAILED";
  readonly outputHash: string;
  readonly optionsHash: string;
  /** ISO 8601. */
  readonly time: string;
}

/** A node's entry in run_state.json. */
export interface NodeRecord {
  /** Hash of the definition alone. */
  readonly hash: string;
  readonly fingerprint: string;
  readonly last_run: string;
  readonly run_id: string;
  readonly status: NodeStatus;
  readonly row_count: number;
  readonly duration_ms: number;
  readonly metadata: NodeMetadata;
  readonly parts: FingerprintParts;
  readonly output: OutputRecord | null;
  /** Tables beside `output`; left out where there are none. */
  readonly extra?: readonly ExtraRecord[] | undefined;
  readonly targets: Readonly<Record<string, TargetRecord>>;
}
