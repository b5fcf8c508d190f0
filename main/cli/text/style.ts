/** Colours by what they mean; with colour off each returns its text as it is. */
export interface Style {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly quiet: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly accent: (text: string) => string;
}

const wrap =
  (open: number, close: number) =>
  (text: string): string =>
    text === "" ? text : `\u001B[${open}m${text}\u001B[${close}m`;

const plain = (text: string): string => text;

export const plainStyle: Style = {
  good: plain,
  bad: plain,
  warn: plain,
  quiet: plain,
  strong: plain,
  accent: plain,
};

/** The sixteen basic colours, so that a person's own theme decides how they look. */
export const colourStyle: Style = {
  good: wrap(32, 39),
  bad: wrap(31, 39),
  warn: wrap(33, 39),
  quiet: wrap(2, 22),
  strong: wrap(1, 22),
  accent: wrap(36, 39),
};
