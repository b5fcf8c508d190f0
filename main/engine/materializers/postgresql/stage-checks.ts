import { ExecutorExecutionError } from "../../../../shared/errors/index.ts";
import { type PostgresClient, quoteIdentifier } from "../../postgres/index.ts";
import type { WriteJob } from "./job.ts";
import type { ColumnPair } from "./match-columns.ts";

const lengthOf = (type: string): number | null => {
  if (type === "character") return 1;
  const match = /^character(?: varying)?\((\d+)\)$/.exec(type);
  return match === null ? null : Number(match[1]);
};

/** True for staged text `v` that the target's type refuses; servers before 16 find out while writing. */
const refused = (client: PostgresClient, pair: ColumnPair, version: number): string | null => {
  const length = lengthOf(pair.target?.type ?? "");
  // A cast to varchar(n) would cut instead of failing.
  if (length !== null) return `char_length(v) > ${length}`;
  return version < 160_000 ? null : `NOT pg_input_is_valid(v, ${client.escapeLiteral(pair.cast ?? "text")})`;
};

/** Tries staged text against the target's own types. Throws `value_not_representable` with column and row. */
export const checkStaged = async (
  client: PostgresClient,
  job: WriteJob,
  stage: string,
  pairs: readonly ColumnPair[],
): Promise<void> => {
  const checked = pairs.filter((pair) => pair.checked);
  if (checked.length === 0) return;
  const version = await client.query<{ n: number }>("select current_setting('server_version_num')::int as n");
  for (const pair of checked) {
    const condition = refused(client, pair, version.rows[0]?.n ?? 0);
    if (condition === null) continue;
    const { rows } = await client.query<{ n: number; v: string; total: number }>(
      `select n::float8 as n, left(v, 60) as v, (count(*) over ())::float8 as total
       from (select row_number() over (order by ctid) as n, ${quoteIdentifier(pair.stage.name)}::text as v from ${stage}) numbered
       where v is not null and ${condition} order by n limit 1`,
    );
    const [first] = rows;
    if (first === undefined) continue;
    throw new ExecutorExecutionError("value_not_representable", {
      node: job.source.node,
      params: {
        column: pair.stage.name,
        row: first.n,
        value: JSON.stringify(first.v),
        rows: first.total,
        type: pair.stage.from,
        why: `the column of ${job.label} is ${pair.target?.declared ?? ""}`,
      },
    });
  }
};
