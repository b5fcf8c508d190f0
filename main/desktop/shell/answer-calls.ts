import {
  channels,
  type ShellAnswer,
  type ShellCallName,
  shellCalls,
  type ShellOutput,
} from "../../../shared/desktop/index.ts";
import { HeadraceError, toErrorData } from "../../../shared/errors/index.ts";
import type { z } from "zod";

import type { ElectronApi, ShellPort } from "../electron-api.ts";
import type { OpenWindow, WindowDesk } from "../window/window-desk.ts";
import { isTrusted } from "../window/page-origin.ts";

/** What a call is given beside its input: the window that asked, and the way to its page. */
export interface Caller {
  readonly entry: OpenWindow;
  /** Posts to the frame that asked, ports included. */
  readonly post: (channel: string, ports: readonly ShellPort[]) => void;
}

type InputOf<N extends ShellCallName> = z.output<(typeof shellCalls)[N]["input"]>;

/** One handler a call: leave one out and it does not compile. */
export type ShellHandlers = {
  readonly [N in ShellCallName]: (input: InputOf<N>, caller: Caller) => ShellOutput<N> | Promise<ShellOutput<N>>;
};

const refuse = (name: string, detail: string): HeadraceError =>
  new HeadraceError("shell_bad_input", { params: { name, detail } });

/** Answers the windows' calls. Only the top frame of our own page is heard. */
export const answerCalls = (ipc: ElectronApi["ipcMain"], windows: WindowDesk, handlers: ShellHandlers): void => {
  ipc.handle(channels.invoke, async (event, name: unknown, input: unknown): Promise<ShellAnswer> => {
    try {
      const entry = isTrusted(event) ? windows.of(event.sender) : null;
      if (entry === null) throw refuse(String(name), "only Headrace's own window is answered");
      if (typeof name !== "string" || !Object.hasOwn(shellCalls, name)) throw refuse(String(name), "no such call");
      const call = name as ShellCallName;
      const parsed = shellCalls[call].input.safeParse(input);
      if (!parsed.success) throw refuse(name, parsed.error.issues[0]?.message ?? "its input is not what it takes");
      const post: Caller["post"] = (channel, ports) => event.senderFrame?.postMessage(channel, null, [...ports]);
      const handler = handlers[call] as (given: unknown, caller: Caller) => unknown;
      return { ok: true, value: await handler(parsed.data, { entry, post }) };
    } catch (thrown) {
      return { ok: false, error: toErrorData(thrown) };
    }
  });
};
