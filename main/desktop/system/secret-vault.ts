import { z } from "zod";

import { HeadraceError } from "../../../shared/errors/index.ts";
import type { ElectronApi } from "../electron-api.ts";
import { readJson, writeJson } from "./json-file.ts";

const fileSchema = z.record(z.string(), z.string());

/** The person's secrets: encrypted by the system's keychain, in a file of the app. */
export class SecretVault {
  readonly #storage: ElectronApi["safeStorage"];
  readonly #path: string;
  readonly #platform: NodeJS.Platform;

  constructor(storage: ElectronApi["safeStorage"], path: string, platform: NodeJS.Platform = process.platform) {
    this.#storage = storage;
    this.#path = path;
    this.#platform = platform;
  }

  names(): readonly string[] {
    return Object.keys(this.#read()).toSorted();
  }

  /** Keeps a secret; `null` forgets it. Throws `keychain_unavailable`. */
  async put(name: string, value: string | null): Promise<void> {
    const { [name]: _former, ...others } = this.#read();
    if (value === null) return writeJson(this.#path, others);
    await this.#refuseWithoutKeychain();
    const encrypted = await this.#storage.encryptStringAsync(value);
    return writeJson(this.#path, { ...this.#read(), [name]: encrypted.toString("base64") });
  }

  /** `null` when there is none of this name. Throws `keychain_unavailable`, `keychain_unreadable`. */
  async get(name: string): Promise<string | null> {
    const kept = this.#read();
    const encrypted = Object.hasOwn(kept, name) ? kept[name] : undefined;
    if (encrypted === undefined) return null;
    await this.#refuseWithoutKeychain();
    try {
      const { result, shouldReEncrypt } = await this.#storage.decryptStringAsync(Buffer.from(encrypted, "base64"));
      if (shouldReEncrypt) await this.put(name, result);
      return result;
    } catch (cause) {
      const detail = cause instanceof Error ? cause.message : String(cause);
      throw new HeadraceError("keychain_unreadable", { params: { name, detail } }, { cause });
    }
  }

  #read(): Readonly<Record<string, string>> {
    return readJson(this.#path, fileSchema, {});
  }

  /** Where Linux has no keychain, Electron would "encrypt" with a key that is in its own source. */
  async #refuseWithoutKeychain(): Promise<void> {
    const refuse = (detail: string): never => {
      throw new HeadraceError("keychain_unavailable", { params: { detail } });
    };
    const backend = this.#platform === "linux" ? this.#storage.getSelectedStorageBackend() : null;
    if (backend === "basic_text" || backend === "unknown") refuse(`its store is ${backend}`);
    if (!(await this.#storage.isAsyncEncryptionAvailable())) refuse("its keychain does not answer");
  }
}
