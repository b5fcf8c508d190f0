import { ExecutorExecutionError } from "../../../shared/errors/index.ts";
import type { KindName } from "../../../shared/graph/index.ts";
import { defineExecutor, type Executor } from "./executor.ts";

/** Stands for a kind whose files are read but which this version cannot run: only its own nodes fail, with a reason. */
export const unavailableExecutor = <K extends KindName>(kind: K): Executor<K, null> =>
  defineExecutor<K, null>(kind, {
    version: 0,
    plan: () => null,
    execute: (node) =>
      Promise.reject(
        new ExecutorExecutionError("kind_not_available", {
          node: node.id,
          location: node.location,
          params: { node: node.id, kind },
        }),
      ),
  });
