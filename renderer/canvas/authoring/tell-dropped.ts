import { ProjectError, toHeadraceError } from "../../../shared/errors/index.ts";
import { showMessage } from "../../ui/messages.tsx";

/** What became of a file: no source, or one that a run cannot read yet. */
type Outcome = "refused" | "damaged";

/** Tells what is wrong with a dropped file. */
export type Teller = (outcome: Outcome, file: string, error: unknown) => void;

const codes = { refused: "files_refused", damaged: "files_damaged" } as const;
let last = 0;

/** One message for each outcome however many files have it: it grows with them, as ten would hide each other. */
export const tellerOf = (given: number): Teller => {
  const drop = ++last;
  const told: Record<Outcome, string[]> = { refused: [], damaged: [] };
  return (outcome, file, thrown) => {
    const error = toHeadraceError(thrown);
    if (error.code === "cancelled") return;
    const lines = told[outcome];
    lines.push(error.message.includes(file) ? error.message : `${file}: ${error.message}`);
    const params = { count: lines.length, given, files: lines.join("; ") };
    const shown = lines.length === 1 ? error : new ProjectError(codes[outcome], { params });
    showMessage(shown, `drop ${drop} ${outcome}`);
  };
};
