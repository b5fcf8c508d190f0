import type { ReactElement } from "react";

import { typeClass } from "../../shared/table/index.ts";
import { CellValue, spokenValue } from "../grid/cell-value.tsx";
import type { TablePage } from "../pages/decode-page.ts";
import { text } from "../text/text.ts";
import { exactCount } from "../ui/numbers.ts";

const isNumeric = (type: string): boolean => typeClass(type) === "number";

interface PageTableProps {
  readonly label: string;
  readonly page: TablePage;
}

/** Rows as a table: exact text, numbers to the right, NULL, empty texts and blanks told apart. */
export const PageTable = ({ label, page }: PageTableProps): ReactElement => (
  <div className="page-table" tabIndex={0} role="region" aria-label={label}>
    <table aria-rowcount={page.totalRows === null ? -1 : page.totalRows + 1}>
      <thead>
        <tr>
          <th className="row-number" scope="col">
            <span className="hidden-visually">#</span>
          </th>
          {page.columns.map(({ name, type }, column) => (
            // Two columns of a query may have one name.
            // eslint-disable-next-line react/no-array-index-key
            <th key={column} scope="col" className={isNumeric(type) ? "numeric" : undefined}>
              <span className="column-name">{name}</span>
              <span className="column-type">{type}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: page.rows }, (_value, row) => (
          <tr key={row} aria-rowindex={page.offset + row + 2}>
            <th scope="row" className="row-number">
              {exactCount(page.offset + row + 1)}
            </th>
            {page.columns.map(({ type }, column) => (
              // eslint-disable-next-line react/no-array-index-key
              <Cell
                key={column}
                value={page.cell(row, column)}
                wholeLength={page.wholeLength(row, column)}
                isNumber={isNumeric(type)}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

interface CellProps {
  readonly value: string | null;
  readonly wholeLength: number | null;
  readonly isNumber: boolean;
}

const Cell = ({ value, wholeLength, isNumber }: CellProps): ReactElement => {
  const look = value === null ? "null" : value === "" ? "empty" : isNumber ? "numeric" : undefined;
  const cut = wholeLength === null ? undefined : text.preview.cut(exactCount(wholeLength));
  return (
    <td className={look} title={cut} aria-label={spokenValue(value, wholeLength)}>
      <CellValue value={value} length={wholeLength} />
    </td>
  );
};

/** What the rows shown are of: never a silent sample. */
export const coverage = ({ offset, rows, totalRows }: TablePage): string => {
  const total = totalRows === null ? text.preview.unknownTotal : text.rows(totalRows);
  if (totalRows === rows && offset === 0) return text.preview.allRows(total);
  if (offset === 0) return text.preview.first(rows, total, "first");
  return text.preview.rowsFrom(exactCount(offset + 1), exactCount(offset + rows), total);
};
