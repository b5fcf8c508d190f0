import type { ReactElement, ReactNode } from "react";

import type { ColumnLineageView } from "../../shared/api/index.ts";
import { text } from "../text/text.ts";
import { lightColumn } from "./lineage-store.ts";

type Step = ColumnLineageView["upstream"]["steps"][number];
type Ref = Step["from"];

const keyOf = ({ table, column }: Ref): string => `${table} ${column ?? ""}`;

/** Each column of one side once, by its distance. */
const columnsOf = (steps: readonly Step[], side: "from" | "to"): readonly (Step & { readonly ref: Ref })[] => [
  ...new Map(steps.map((step) => [keyOf(step[side]), { ...step, ref: step[side] }])).values(),
];

/** A lit column's way in words: what it is made of, what is made of it, whose rows it decides. */
export const ColumnPath = ({ report }: { readonly report: ColumnLineageView }): ReactElement => {
  const { upstream, downstream, notes } = report;
  const rows = [...new Map(downstream.conditions.map((use) => [`${use.node} ${use.why}`, use])).values()];
  return (
    <div className="lineage-path">
      <Part title={text.lineage.madeOf} empty={text.lineage.madeOfNothing}>
        {columnsOf(upstream.steps, "from").map(({ ref, use, depth }) => (
          <Column key={keyOf(ref)} column={ref} note={text.lineage.use[use]} depth={depth} />
        ))}
      </Part>
      <Part title={text.lineage.goesInto} empty={text.lineage.goesNowhere}>
        {columnsOf(downstream.steps, "to").map(({ ref, use, depth }) => (
          <Column key={keyOf(ref)} column={ref} note={text.lineage.use[use]} depth={depth} />
        ))}
      </Part>
      {rows.length === 0 ? null : (
        <Part title={text.lineage.decides} empty="">
          {rows.map(({ node, why }) => (
            <li key={`${node} ${why}`} className="lineage-step">
              <span className="lineage-name">{node}</span>
              <span className="lineage-from">{text.lineage.why[why]}</span>
            </li>
          ))}
        </Part>
      )}
      {notes.length === 0 ? null : (
        <Part title={text.lineage.notTold} empty="">
          {notes.map(({ node, text: words }) => (
            <li key={`${node} ${words}`} className="lineage-note">
              {node}: {words}
            </li>
          ))}
        </Part>
      )}
    </div>
  );
};

interface PartProps {
  readonly title: string;
  readonly empty: string;
  readonly children: readonly ReactNode[];
}

const Part = ({ title, empty, children }: PartProps): ReactElement => (
  <section>
    <h3 className="panel-heading">{title}</h3>
    {children.length === 0 ? <p className="panel-hint">{empty}</p> : <ul className="lineage-steps">{children}</ul>}
  </section>
);

interface ColumnProps {
  readonly column: Ref;
  readonly note: string;
  readonly depth: number;
}

const Column = ({ column: { table, column }, note, depth }: ColumnProps): ReactElement => (
  <li className="lineage-step" data-depth={Math.min(depth, 6)}>
    {column === null ? (
      <span className="lineage-name">{text.lineage.someColumn(table)}</span>
    ) : (
      <button type="button" className="lineage-go" onClick={() => void lightColumn(table, column)}>
        {table}.<strong>{column}</strong>
      </button>
    )}
    <span className="lineage-from">{note}</span>
  </li>
);
