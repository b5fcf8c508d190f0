import type { EndProcess } from "./system/end-process.ts";

/** Where the built parts of the desktop are. */
export interface Places {
  /** Holds the entries of the engine's process and of the DuckDB hosts. */
  readonly processes: string;
  readonly preload: string;
  /** Folder of the built window. */
  readonly page: string;
  readonly trayIcon: string;
}

/** What a start of the desktop is told. */
export interface DesktopOptions {
  readonly places: Places;
  /** Address of the update feed; empty for none. */
  readonly updateFeed: string;
  /** As the process was started. */
  readonly argv: readonly string[];
  /** How processes are ended for good; the system's own way when left out. */
  readonly endProcess?: EndProcess;
}
