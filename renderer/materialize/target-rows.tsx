import { type ReactElement, useState } from "react";

import type { TargetSettings } from "../../shared/api/index.ts";
import { host } from "../api.ts";
import { coverage, PageTable } from "../panels/page-table.tsx";
import { useAsync } from "../panels/use-async.ts";
import { materializeText } from "../text/materialize-text.ts";
import { text } from "../text/text.ts";
import { IconButton } from "../ui/button.tsx";
import { FailedState, LoadingState } from "../ui/state-view.tsx";

interface TargetRowsProps {
  readonly label: string;
  readonly target: TargetSettings;
  /** Changes when the target was written. */
  readonly version: string;
}

const pageRows = 100;

/** Rows as they are in the target now, read from the server. */
export const TargetRows = ({ label, target, version }: TargetRowsProps): ReactElement => {
  const [offset, setOffset] = useState(0);
  const page = useAsync(JSON.stringify([target, version, offset]), async (signal) => {
    const [answer, { decodePage }] = await Promise.all([
      host().fetch("materialize.page", { target, offset, limit: pageRows }, signal),
      import("../pages/decode-page.ts"),
    ]);
    return decodePage(answer);
  });
  if (page.status === "failed") return <FailedState error={page.error} />;
  if (page.value === null) return <LoadingState label={materializeText.readingRows} />;
  const { value } = page;
  const end = offset + value.rows;
  const isLast = value.totalRows === null ? value.rows < pageRows : end >= value.totalRows;
  return (
    <div className="panel-column">
      <div className="panel-bar">
        <strong className="panel-subject">{label}</strong>
        <span role="status">{coverage(value)}</span>
        <span className="panel-space" />
        <IconButton
          icon="chevron"
          className="flipped"
          label={text.preview.previous}
          disabled={offset === 0}
          onClick={() => setOffset(Math.max(0, offset - pageRows))}
        />
        <IconButton icon="chevron" label={text.preview.next} disabled={isLast} onClick={() => setOffset(end)} />
      </div>
      <PageTable label={materializeText.rowsOf(label)} page={value} />
    </div>
  );
};
