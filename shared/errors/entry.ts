/**
 * One line of the error catalogue. `message` says what happened, `next` what to do;
 * `{name}` is filled from the error's parameters.
 */
export interface CatalogueEntry {
  readonly message: string;
  readonly next: string;
  /** The exit code when this error ends a command: 1 a node failed, 2 project or call wrong, 3 a rule, 130 cancelled. */
  readonly exit: 1 | 2 | 3 | 130;
}
