import type { Filter, Sort } from "../../shared/table/index.ts";
import { text } from "../text/text.ts";

const { chip } = text.grid;
const shownValues = 3;

const valueWords = (value: string | null): string => {
  if (value === null) return text.preview.null;
  return value.trim() === "" ? `'${value}'` : value;
};

const rangeWords = ({ column, from, to, isBelow }: Filter & { readonly test: "range" }): string => {
  if (from !== null && to !== null) return (isBelow ? chip.within : chip.between)(column, from, to);
  if (from !== null) return chip.from(column, from);
  return to === null ? column : (isBelow ? chip.below : chip.to)(column, to);
};

/** A filter in a few words, as its chip shows it. */
export const filterWords = (filter: Filter): string => {
  const { column } = filter;
  switch (filter.test) {
    case "range":
      return rangeWords(filter);
    case "null":
      return chip.null(column);
    case "not-null":
      return chip.notNull(column);
    case "in": {
      const shown = filter.values.slice(0, shownValues).map(valueWords).join(", ");
      return chip.in(column, filter.values.length > shownValues ? `${shown}, …` : shown);
    }
    default:
      return chip[filter.test](column, valueWords(filter.value));
  }
};

export const sortWords = ({ column, descending }: Sort): string => chip.sort(column, descending);
