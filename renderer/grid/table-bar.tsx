import type { ReactElement, ReactNode, RefObject } from "react";

import type { OpenedTable } from "../../shared/api/index.ts";
import {
  type CopyFormat,
  copyFormats,
  type ExportFormat,
  exportFormats,
  isWhole,
  type TableView,
  wholeView,
} from "../../shared/table/index.ts";
import { text } from "../text/text.ts";
import { Button } from "../ui/button.tsx";
import { DropMenu } from "./drop-menu.tsx";
import { coverageOf, SearchField, ViewChips } from "./view-bar.tsx";

const { grid: words } = text;

interface TableBarProps {
  readonly opened: OpenedTable;
  readonly view: TableView;
  readonly isOpening: boolean;
  readonly isGoing: boolean;
  /** How many columns are hidden. */
  readonly hidden: number;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly lead: ReactNode;
  readonly whole: ReactNode;
  readonly onChange: (view: TableView) => void;
  /** From the search back to the rows. */
  readonly onLeave: () => void;
  readonly onShowAll: () => void;
  readonly onCopy: (format: CopyFormat) => void;
  readonly onExport: (format: ExportFormat) => void;
  /** `null` for what is no node's table. */
  readonly onMakeNode: (() => void) | null;
}

/** Above the rows: what they are of, the search, copies and exports, and the view with what can be taken out of it. */
export const TableBar = (props: TableBarProps): ReactElement => {
  const { opened, view, isOpening, isGoing, hidden, search, lead, whole } = props;
  const { onChange, onLeave, onShowAll, onCopy, onExport, onMakeNode } = props;
  const isProvisional = opened.head !== null && !opened.head.isAll;
  return (
    <div className="panel-bar table-bar" role="toolbar" aria-label={words.toolbar}>
      {lead}
      <span role="status" className="coverage">
        {coverageOf(opened, isOpening ? wholeView : view, isGoing)}
        {isOpening ? ` · ${text.preview.loading}` : ""}
      </span>
      {opened.head === null ? null : <Provisional head={opened.head} isGoing={isGoing} whole={whole} />}
      <span className="column-count">{text.columns(opened.columns.length)}</span>
      <SearchField
        value={view.search}
        input={search}
        onChange={(value) => onChange({ ...view, search: value })}
        onLeave={onLeave}
      />
      <span className="panel-space" />
      {hidden === 0 ? null : (
        <Button look="quiet" icon="columns" title={words.showAllColumns} onClick={onShowAll}>
          {words.columnsHidden(hidden)}
        </Button>
      )}
      <DropMenu
        label={words.copy}
        isDisabled={opened.rows === 0}
        items={copyFormats.map((format) => ({
          id: format,
          label: words.copyAs[format],
          run: () => onCopy(format),
        }))}
      />
      <DropMenu
        label={words.export}
        // A file of the first rows alone would not say that it is one.
        isDisabled={isProvisional}
        items={exportFormats.map((format) => ({
          id: format,
          label: words.exportAs[format],
          run: () => onExport(format),
        }))}
      />
      {isWhole(view) ? null : (
        <div className="view-line">
          <ViewChips view={view} onChange={onChange} />
          <span className="panel-space" />
          {onMakeNode === null ? null : (
            <Button look="plain" icon="transform" onClick={onMakeNode}>
              {words.makeNode}
            </Button>
          )}
        </div>
      )}
    </div>
  );
};

interface ProvisionalProps {
  readonly head: NonNullable<OpenedTable["head"]>;
  readonly isGoing: boolean;
  readonly whole: ReactNode;
}

/** Of rows that were read before their source was run: what may still change, and how to have all of them. */
const Provisional = ({ head, isGoing, whole }: ProvisionalProps): ReactElement => (
  <>
    {head.isAll ? null : (
      <span className="provisional" title={words.provisionalWhy}>
        {words.provisional}
      </span>
    )}
    {isGoing ? null : whole}
  </>
);
