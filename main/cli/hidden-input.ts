import { text } from "node:stream/consumers";

const enter = new Set(["\r", "\n", "\u0004"]);
const interrupt = "\u0003";
const erase = new Set(["\u007F", "\b"]);

/** One line from a person at the terminal, not shown as it is typed; all of standard input where it is a pipe. */
export async function hiddenInput(question: string): Promise<string> {
  const { stdin, stdout } = process;
  if (!stdin.isTTY) return (await text(stdin)).replace(/\r?\n$/, "");
  stdout.write(question);
  stdin.setRawMode(true);
  stdin.setEncoding("utf8").resume();
  try {
    return await new Promise<string>((resolve) => {
      let typed = "";
      const onData = (data: string): void => {
        for (const character of data) {
          if (character === interrupt) typed = "";
          if (enter.has(character) || character === interrupt) {
            stdin.off("data", onData);
            return resolve(typed);
          }
          typed = erase.has(character) ? Array.from(typed).slice(0, -1).join("") : typed + character;
        }
      };
      stdin.on("data", onData);
    });
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stdout.write("\n");
  }
}
