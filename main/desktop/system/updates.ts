import { z } from "zod";

import type { UpdateState } from "../../../shared/desktop/index.ts";
import type { ElectronApi } from "../electron-api.ts";
import { text } from "../text.ts";
import { readJson, writeJson } from "./json-file.ts";

const settingSchema = z.object({ isOn: z.boolean() });
const feedSchema = z.object({ version: z.string().regex(/^\d+\.\d+\.\d+$/), page: z.url({ protocol: /^https$/ }) });
const daily = 24 * 60 * 60 * 1000;

const numbersOf = (version: string): readonly number[] => version.split(/[.-]/).map(Number);

/** Whether `offered` is later than `present`; both are `major.minor.patch`. */
const isNewer = (offered: string, present: string): boolean => {
  const [theirs, ours] = [numbersOf(offered), numbersOf(present)];
  for (let at = 0; at < 3; at++) {
    const difference = (theirs[at] ?? 0) - (ours[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
};

/** Looks for a newer version once a day, only where the person switched that on. It tells; it never installs. */
export class Updates {
  readonly #electron: ElectronApi;
  readonly #path: string;
  readonly #feed: string;
  #timer: ReturnType<typeof setInterval> | null = null;

  /** `feed` is the address of a JSON file `{ version, page }`, empty in a build that has none. */
  constructor(electron: ElectronApi, path: string, feed: string) {
    this.#electron = electron;
    this.#path = path;
    this.#feed = feed;
  }

  state(): UpdateState {
    const { isOn } = readJson(this.#path, settingSchema, { isOn: false });
    const isPossible = this.#feed.startsWith("https://");
    return { isPossible, isOn: isOn && isPossible, version: this.#electron.app.getVersion() };
  }

  set(isOn: boolean): UpdateState {
    writeJson(this.#path, { isOn });
    this.start();
    return this.state();
  }

  /** Begins looking, or stops, as the setting says. */
  start(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    if (!this.state().isOn) return;
    this.#timer = setInterval(() => void this.look(), daily);
    void this.look();
  }

  /** One look; no network, no answer and a strange answer are no news. */
  async look(): Promise<void> {
    try {
      // The windows' own session reaches no network.
      const session = this.#electron.session.fromPartition("updates", { cache: false });
      const answer = await session.fetch(this.#feed, { credentials: "omit", redirect: "error" });
      const offered = feedSchema.parse(await answer.json());
      if (!isNewer(offered.version, this.#electron.app.getVersion())) return;
      const { response } = await this.#electron.dialog.showMessageBox(text.updates.offer(offered.version));
      if (response === 0) await this.#electron.shell.openExternal(offered.page);
    } catch {
      // The next day comes.
    }
  }
}
