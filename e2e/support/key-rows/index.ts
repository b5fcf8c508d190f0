// The table of keys, a row each: by mouse, by keyboard, and what then is there.

import { editingRows } from "./editing.ts";
import { goingRows } from "./going.ts";
import type { Row } from "./row.ts";
import { runningRows } from "./running.ts";
import { wiringRows } from "./wiring.ts";

export { files, type Row } from "./row.ts";

/** Every row, in the order in which they are tried on one window. */
export const rows: readonly Row[] = [...wiringRows, ...goingRows, ...runningRows, ...editingRows];
