import { type KeyboardEvent, type ReactElement, useState } from "react";

import { host } from "../api.ts";
import { text } from "../text/text.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState, FailedState, LoadingState } from "../ui/state-view.tsx";
import { coverage, PageTable } from "./page-table.tsx";
import { useAsync } from "./use-async.ts";

const limit = 500;
// What was typed outlives the panel's being hidden.
const draft = { sql: "" };

/** Ad-hoc SQL over every node's table. */
export const QueryPanel = (): ReactElement => {
  const [sql, setSql] = useState(draft.sql);
  const [asked, setAsked] = useState<{ readonly sql: string; readonly turn: number } | null>(null);
  const page = useAsync(asked === null ? null : `${asked.turn}`, async (signal) => {
    const [answer, { decodePage }] = await Promise.all([
      host().fetch("query.page", { sql: asked?.sql ?? "", limit }, signal),
      import("../pages/decode-page.ts"),
    ]);
    return decodePage(answer);
  });
  const ask = (): void => {
    if (sql.trim() !== "") setAsked((former) => ({ sql, turn: (former?.turn ?? 0) + 1 }));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    ask();
  };
  return (
    <div className="panel-column">
      <div className="query-editor">
        <textarea
          className="field code"
          aria-label={text.query.label}
          spellCheck={false}
          value={sql}
          rows={3}
          onChange={(event) => {
            draft.sql = event.target.value;
            setSql(event.target.value);
          }}
          onKeyDown={onKeyDown}
        />
        <Button look="primary" icon="run" onClick={ask}>
          {text.query.run}
        </Button>
      </div>
      <div className="panel-fill">{answerOf(asked !== null, page)}</div>
    </div>
  );
};

const answerOf = (
  isAsked: boolean,
  page: ReturnType<typeof useAsync<Parameters<typeof coverage>[0]>>,
): ReactElement => {
  if (!isAsked) return <EmptyState icon="query" title={text.query.none} next={text.query.noneNext} />;
  if (page.status === "failed") return <FailedState error={page.error} />;
  if (page.value === null) return <LoadingState label={text.preview.loading} />;
  return (
    <div className="panel-column">
      <div className="panel-bar" role="status">
        {coverage(page.value)}
      </div>
      <PageTable label={text.query.label} page={page.value} />
    </div>
  );
};
