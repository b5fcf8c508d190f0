import type { SourceLocation } from "../../../shared/errors/index.ts";
import {
  type Column,
  locateInText,
  nearest,
  type NodeId,
  type PlacedText,
  suggestion,
} from "../../../shared/graph/index.ts";
import type { SqlFault } from "../duckdb/sql-host.ts";
import { projectError } from "../project/problems.ts";
import type { Problem } from "../project/project.ts";
import type { SchemaProblem } from "./node-schema.ts";

/** What an SQL text is bound against. */
export interface Surroundings {
  readonly node: NodeId;
  readonly text: PlacedText;
  readonly inputs: readonly { readonly id: NodeId; readonly columns: readonly Column[] }[];
  /** Every node of the project, for a table that is not there. */
  readonly nodes: readonly NodeId[];
  readonly parameters: readonly string[];
  /** Columns that inputs had when they last ran. */
  formerly(input: NodeId): readonly Column[];
}

/** A fault as a problem with its place, the next step and the names that would do. */
export const explain = (fault: SqlFault, around: Surroundings): SchemaProblem => {
  const valid = validNames(fault, around);
  const replacements = replacementsFor(fault, valid, around.text);
  const problem = problemOf(fault, around, valid, replacements);
  return { problem, fault, replacements, valid };
};

const columnsOf = ({ inputs }: Surroundings): readonly string[] => [
  ...new Set(inputs.flatMap(({ columns }) => columns.map(({ name }) => name))),
];

const validNames = (fault: SqlFault, around: Surroundings): readonly string[] => {
  switch (fault.kind) {
    case "column":
    case "ungrouped":
      return columnsOf(around);
    case "table":
      return around.nodes;
    case "parameter":
      return around.parameters;
    default:
      return fault.candidates;
  }
};

const mostReplacements = 3;

/** The likeliest names for what was written, as they would stand in the text. */
const replacementsFor = (fault: SqlFault, valid: readonly string[], { text }: PlacedText): readonly string[] => {
  const { kind, name, candidates, start } = fault;
  if (name === null) return [];
  switch (kind) {
    case "table":
      return nearestTables(name, valid).map((id) => tableAsWritten(id, name, text[start ?? 0] === "'"));
    case "parameter":
      return [nearest(name, valid)].flatMap((close) => (close === null ? [] : `$${close}`));
    case "column": {
      const meant = candidates.filter((candidate) => nearest(name, [candidate]) !== null);
      const close = nearest(name, valid);
      return first([...(close === null ? [] : [close]), ...meant]).map(columnAsWritten);
    }
    case "ambiguous":
    case "alias":
    case "function":
    case "type":
    case "field":
      return first(candidates);
    default:
      return [];
  }
};

const first = (names: readonly string[]): readonly string[] => [...new Set(names)].slice(0, mostReplacements);

/** The node of that very name under another kind comes first, then the nearest spelling. */
const nearestTables = (written: string, ids: readonly string[]): readonly string[] => {
  const bare = bareName(written);
  const sameName = ids.filter((id) => bareName(id) === bare);
  if (sameName.length > 0) return first(sameName);
  const close = written.includes(".") ? nearest(written, ids) : nearest(written, ids.map(bareName));
  return close === null ? [] : first(ids.filter((id) => id === close || bareName(id) === close));
};

const bareName = (id: string): string => id.slice(id.lastIndexOf(".") + 1).toLowerCase();

const tableAsWritten = (id: string, written: string, isQuoted: boolean): string => {
  if (isQuoted) return `'${id}'`;
  return written.includes(".") ? id : `ref('${id}')`;
};

const columnAsWritten = (name: string): string =>
  /^[a-z_][a-z0-9_]*$/i.test(name) ? name : `"${name.replaceAll('"', '""')}"`;

const problemOf = (
  fault: SqlFault,
  around: Surroundings,
  valid: readonly string[],
  replacements: readonly string[],
): Problem => {
  const { node, text } = around;
  const location = placeOf(fault, text);
  const { name, detail } = fault;
  const place = { line: location.line, column: location.column };
  const details = { node, location };
  const [close] = replacements;
  const meant = close === undefined ? undefined : `Did you mean ${close}?`;
  const written = name ?? "";
  switch (fault.kind) {
    case "column": {
      const gone = goneFrom(written, around);
      const next = suggestion(written, valid);
      if (gone === null)
        return projectError("sql_column_unknown", { ...details, params: { node, column: written }, next });
      return projectError("sql_column_gone", { ...details, params: { node, column: written, input: gone }, next });
    }
    case "table":
      return projectError("table_unknown", { ...details, params: { node, table: written }, next: meant });
    case "function":
      return projectError("sql_function_unknown", { ...details, params: { node, function: written }, next: meant });
    case "type":
      return projectError("sql_type_unknown", { ...details, params: { node, type: written }, next: meant });
    case "parameter":
      return projectError("sql_parameter_missing", { ...details, params: { node, parameter: written }, next: meant });
    case "syntax":
      return projectError("sql_syntax", { ...details, params: { node, detail } });
    case "outside":
      return projectError("sql_reaches_outside", { ...details, params: { node, detail, ...place } });
    default:
      return projectError("sql_not_bound", { ...details, params: { node, detail, ...place }, next: meant });
  }
};

/** The input that had a column of that name when it last ran. */
const goneFrom = (column: string, { inputs, formerly }: Surroundings): NodeId | null => {
  const isIt = ({ name }: Column): boolean => name.toLowerCase() === column.toLowerCase();
  return inputs.find(({ id }) => formerly(id).some(isIt))?.id ?? null;
};

const placeOf = ({ start }: SqlFault, text: PlacedText): SourceLocation => locateInText(text, start ?? 0);
