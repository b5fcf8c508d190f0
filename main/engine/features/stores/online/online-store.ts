import type { Column } from "../../../../../shared/graph/index.ts";
import type { Project } from "../../../project/project.ts";

/** One key's newest row on its way into a store. */
export interface OnlineRow {
  /** The key's values as a JSON list of texts. */
  readonly key: string;
  /** Microseconds since 1970 in UTC. */
  readonly event: bigint | null;
  readonly created: bigint | null;
  /** The features as a JSON list of exact texts, in the order of the head's columns. */
  readonly payload: string;
}

/** What a store knows of a version of a group besides its rows. */
export interface OnlineHead {
  readonly columns: readonly Column[];
  /** SHA-256 of the table that it was brought up to. */
  readonly table: string;
}

/** Newest values by key; a group's version is one table. */
export interface OnlineStore extends AsyncDisposable {
  /**
   * In one transaction: takes each row unless a newer one is there (rows of the same times replace: a corrected value
   * has the times of the wrong one), and removes keys that are not among the rows.
   */
  bringUp(name: string, head: OnlineHead, rows: AsyncIterable<readonly OnlineRow[]>): Promise<void>;
  /** `null` where the version was never written. */
  head(name: string): Promise<(OnlineHead & { readonly keys: number }) | null>;
  read(name: string, key: string): Promise<Pick<OnlineRow, "event" | "payload"> | null>;
}

/** Where a group's store is. */
export interface OnlinePlace {
  /** Absolute. */
  readonly targetPath: string;
  readonly project: Pick<Project, "connection">;
  /** Of the group; for messages. */
  readonly node: string;
  /** Of the profile, for stores that are servers. */
  readonly connection: string | null;
  readonly applicationName: string;
  readonly signal: AbortSignal;
}

/** Opens a store; to read, `null` where it was never made. */
export type OpenOnlineStore = (place: OnlinePlace, use: "read" | "write") => Promise<OnlineStore | null>;

/** The table of one version of a group. */
export const onlineTable = (id: string, version: string): string => `${id.slice(id.indexOf(".") + 1)}__v${version}`;
