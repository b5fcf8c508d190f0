/** Something a person can do by name: in the palette, with keys, in the native menu. */
export interface Command {
  /** `area.verb`, stable: keys are remapped by it. */
  readonly id: string;
  readonly title: string;
  /** The first is the one that menus show. */
  readonly keys: readonly string[];
  /** `canvas`: its keys act only while the canvas has the focus. */
  readonly where: "anywhere" | "canvas";
  /** Left out: always. */
  readonly isEnabled?: () => boolean;
  readonly run: () => void | Promise<void>;
}
