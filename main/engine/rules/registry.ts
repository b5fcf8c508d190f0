// One line a check: leave one out and it does not compile.

import type { TestName } from "../../../shared/graph/kinds/checks.ts";
import type { Check, CheckKind, Probe, TypeOf } from "./check.ts";
import { acceptedValuesCheck } from "./checks/accepted-values.ts";
import { aggregateCheck } from "./checks/aggregate.ts";
import { driftCheck } from "./checks/drift.ts";
import { expressionCheck } from "./checks/expression.ts";
import { formatCheck } from "./checks/format.ts";
import { freshnessCheck } from "./checks/freshness.ts";
import { lengthCheck } from "./checks/length.ts";
import { notNullCheck } from "./checks/not-null.ts";
import { rangeCheck } from "./checks/range.ts";
import { regexCheck } from "./checks/regex.ts";
import { relationshipsCheck } from "./checks/relationships.ts";
import { rowCountCheck } from "./checks/row-count.ts";
import { schemaCheck } from "./checks/schema.ts";
import { sqlCheck } from "./checks/sql.ts";
import { uniqueCheck } from "./checks/unique.ts";

const checkKinds: { readonly [K in TestName]: CheckKind<K> } = {
  expression: expressionCheck,
  not_null: notNullCheck,
  unique: uniqueCheck,
  accepted_values: acceptedValuesCheck,
  range: rangeCheck,
  length: lengthCheck,
  regex: regexCheck,
  format: formatCheck,
  relationships: relationshipsCheck,
  row_count: rowCountCheck,
  freshness: freshnessCheck,
  aggregate: aggregateCheck,
  drift: driftCheck,
  schema: schemaCheck,
  sql: sqlCheck,
};

export const probeOf = <K extends TestName>(check: Check<K>, at: number, typeOf: TypeOf = () => null): Probe =>
  checkKinds[check.type].probe(check.spec, at, typeOf);

/** What holds while the check is not violated. */
export const claimOf = <K extends TestName>(check: Check<K>): string => checkKinds[check.type].claim(check.spec);
