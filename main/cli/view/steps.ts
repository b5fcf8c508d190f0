import { printLines, type Terminal } from "../terminal.ts";
import { formatSeconds, visible } from "../text/format.ts";
import { padRight } from "../text/width.ts";
import { liveRegion } from "./live-region.ts";
import { statusLooks } from "./node-line.ts";

const nameWidth = 20;

/** What a step found or made, in few words: it stands behind the step's name. */
export type StepWork = (say: (text: string) => void) => Promise<string>;

/**
 * Does one set-up step with a line of its own: live while it works on a terminal, one line when it is done, and what
 * it says in between as lines of a pipe. Errors are thrown on after the line says that it failed.
 */
export async function step(terminal: Terminal, name: string, work: StepWork): Promise<void> {
  const { style } = terminal;
  const start = performance.now();
  let detail = "";
  const line = (status: "SUCCESS" | "FAILED", text: string): string => {
    const { glyph, word, paint } = statusLooks[status];
    const mark = terminal.interactive ? glyph : padRight(word, 6);
    const seconds = (performance.now() - start) / 1000;
    const took = seconds < 0.1 ? "" : ` ${style.quiet(formatSeconds(seconds))}`;
    return `${style[paint](mark)}  ${padRight(name, nameWidth)}  ${visible(text)}${took}`.trimEnd();
  };
  const finish = async (say: (text: string) => void): Promise<string> => {
    try {
      return line("SUCCESS", await work(say));
    } catch (thrown) {
      printLines(terminal, [line("FAILED", "")]);
      throw thrown;
    }
  };

  if (!terminal.interactive) {
    let said = false;
    // The first sentence says what takes its time; the tools' own lines after it are for a terminal that redraws.
    const say = (text: string): void => {
      if (!said) printLines(terminal, [`        ${padRight(name, nameWidth)}  ${visible(text)}`]);
      said = true;
    };
    return printLines(terminal, [await finish(say)]);
  }
  using region = liveRegion(terminal, () => [
    { text: `…  ${padRight(name, nameWidth)}  ${visible(detail)}`, paint: style.accent },
  ]);
  const done = await finish((text) => {
    detail = text;
  });
  region.above([done]);
}
