import { createStore } from "zustand/vanilla";

import type { Position } from "./graph-node.ts";

/** A file on its way to be a source: until it is one, this stands where its card will. */
export interface ComingFile {
  /** The node that it will be. */
  readonly id: string;
  readonly file: string;
  /** Of the card's upper left corner, in canvas units. */
  readonly place: Position;
  /** `waiting` for those dropped before it, `coming` in, being `read` through, being `added` to the pipeline. */
  readonly phase: "waiting" | "coming" | "read" | "added";
  /** How much of it is here, 0 to 1; `null` where nobody can tell. */
  readonly share: number | null;
  /** Leaves it out. */
  readonly cancel: () => void;
}

/** Files that are coming in, in the order of their drops. */
export const comingFiles = createStore<{ readonly files: readonly ComingFile[] }>(() => ({ files: [] }));

export const beginComing = (coming: readonly ComingFile[]): void =>
  comingFiles.setState(({ files }) => ({ files: [...files, ...coming] }));

export const tellComing = (id: string, news: Partial<Pick<ComingFile, "phase" | "share">>): void =>
  comingFiles.setState(({ files }) => ({ files: files.map((one) => (one.id === id ? { ...one, ...news } : one)) }));

/** They are sources by now, or nobody wants them. */
export const endComing = (ids: readonly string[]): void =>
  comingFiles.setState(({ files }) => ({ files: files.filter(({ id }) => !ids.includes(id)) }));

/** Whether a coming file can still be left out. */
export const canBeLeftOut = ({ phase }: ComingFile): boolean => phase !== "added";
