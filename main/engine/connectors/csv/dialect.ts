/** How a CSV file is written. Every part is one ASCII character; `quote` and `escape` may be "" for none. */
export interface Dialect {
  readonly delimiter: string;
  readonly quote: string;
  readonly escape: string;
}

/** What the options of a node pin; `null` is found out from the file. */
export interface CsvOptions {
  readonly delimiter: string | null;
  readonly quote: string | null;
  readonly escape: string | null;
  readonly header: boolean | null;
  /** Lines before the header. */
  readonly skip: number;
  readonly encoding: string | null;
  /** Texts that mean NULL, besides the empty one. */
  readonly nullTexts: readonly string[];
  readonly dateFormat: string | null;
  readonly timestampFormat: string | null;
}
