import { ExecutorExecutionError } from "../../../shared/errors/index.ts";
import type { Connector, SourcePlan } from "./connector.ts";

const refuse = (plan: SourcePlan, what: string): never => {
  throw new ExecutorExecutionError("engine_not_available", { node: plan.node, params: { node: plan.node, what } });
};

/** A type of source that is recognised but needs an engine that is not there. */
const needing = (what: string): Connector => ({
  options: ["path", "table", "query", "connection", "database"],
  check: (plan) => refuse(plan, what),
  inputsState: (plan) => refuse(plan, what),
  read: (plan) => refuse(plan, what),
});

export const hiveConnector = needing("the Spark engine, which reads Hive tables");
export const icebergConnector = needing("the Spark engine, which reads Iceberg tables");
