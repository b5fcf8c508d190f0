/** Something a person can do by name: in the palette, with keys, in the native menu. */
export interface Command {
  /** `area.verb`, stable: keys are remapped by it. */
  readonly id: string;
  readonly title: string;
  /** The first is the one that menus show. */
  readonly keys: readonly string[];
  /** `canvas`: bare keys act only while the canvas has the focus, others wherever nobody types. */
  readonly where: "anywhere" | "canvas";
  /** All its keys need the focus on the canvas: they mean something else in a table or a text. */
  readonly needsFocus?: boolean;
  /** The system acts on the keys itself, e.g. by pasting; here they are only shown. */
  readonly isNative?: boolean;
  /** Left out: always. */
  readonly isEnabled?: () => boolean;
  readonly run: () => void | Promise<void>;
}
