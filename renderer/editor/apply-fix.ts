import { forEachDiagnostic } from "@codemirror/lint";
import { type EditorView, keymap } from "@codemirror/view";

/** The first fix of the error at the cursor, else of the next one. */
const applyFix = (view: EditorView): boolean => {
  const { head } = view.state.selection.main;
  let found: (() => void) | null = null;
  forEachDiagnostic(view.state, ({ actions }, from, to) => {
    const [first] = actions ?? [];
    if (first !== undefined && (found === null || (from <= head && head <= to)))
      found = () => first.apply(view, from, to);
  });
  (found as (() => void) | null)?.();
  return found !== null;
};

/** Ctrl+. takes the first thing that would fit. */
export const fixKeys = keymap.of([{ key: "Mod-.", run: applyFix }]);
