import type { DuckDBConnection, DuckDBInstance, DuckDBPreparedStatement } from "@duckdb/node-api";

import type { HostSettings } from "../host-protocol.ts";
import { openLockedInstance } from "./locked-instance.ts";
import { prepareSerializer, serializeWith } from "./serialize-statements.ts";
import { RelationViews } from "./views.ts";

/** A locked instance with what its jobs share. A SELECT leaves nothing behind, so most share one connection. */
export class Workspace implements Disposable {
  readonly instance: DuckDBInstance;
  readonly runner: DuckDBConnection;
  readonly binder: DuckDBConnection;
  readonly views = new RelationViews();
  #serializer: DuckDBPreparedStatement | null = null;

  private constructor(instance: DuckDBInstance, runner: DuckDBConnection, binder: DuckDBConnection) {
    this.instance = instance;
    this.runner = runner;
    this.binder = binder;
  }

  static async open(settings: HostSettings): Promise<Workspace> {
    const { instance, binder } = await openLockedInstance(settings);
    return new Workspace(instance, await instance.connect(), binder);
  }

  /** The syntax trees of texts as JSON, in order. */
  async serialize(texts: readonly string[]): Promise<readonly string[]> {
    this.#serializer ??= await prepareSerializer(this.binder);
    return await serializeWith(this.#serializer, texts);
  }

  [Symbol.dispose](): void {
    this.#serializer?.destroySync();
    this.binder.closeSync();
    this.runner.closeSync();
    this.instance.closeSync();
  }
}
