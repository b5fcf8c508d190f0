import { runs } from "../store/run-store.ts";
import { text } from "../text/text.ts";
import { announce } from "../ui/announcer.tsx";

/** Has a screen reader say how runs end, wherever they were started; returns the end of it. */
export const announceRuns = (): (() => void) => {
  let said: string | null = null;
  return runs.on("run", () => {
    const { run } = runs;
    if (run === null || run.summary === null || run.runId === said) return;
    said = run.runId;
    const failed = run.plan.steps.flatMap(({ node }) => (runs.live(node)?.result?.status === "FAILED" ? [node] : []));
    const sentence = text.run.sentence(run.summary);
    announce(failed.length === 0 ? text.run.finished(sentence) : text.run.failed(sentence, failed.join(", ")));
  });
};
