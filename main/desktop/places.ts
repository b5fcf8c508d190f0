/** Where the built parts of the desktop are. */
export interface Places {
  /** Holds the entries of the engine's process and of the DuckDB hosts. */
  readonly processes: string;
  readonly preload: string;
  /** Folder of the built window. */
  readonly page: string;
  readonly trayIcon: string;
}
