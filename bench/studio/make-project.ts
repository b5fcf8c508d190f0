import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** How many nodes stand in one layer, so that the whole is about as wide as it is high. */
export const layerOf = (nodes: number): number => Math.max(4, Math.round(Math.sqrt(nodes) * 1.6));

/** What a node reads, by number. */
export const inputsOf = (index: number, layer: number): readonly number[] => {
  if (index < layer) return [];
  const above = index - layer;
  return [...new Set([above, above - (index % 3), above - (index % 7)])].filter((input) => input >= 0);
};

/** Writes a project of so many SQL nodes: sources first, then layers that read one to three nodes of the layers above. */
export const makeProject = (root: string, nodes: number): void => {
  mkdirSync(join(root, "data"), { recursive: true });
  writeFileSync(join(root, "headrace.yml"), "name: bench\n");
  writeFileSync(join(root, "data", "seed.csv"), "id,amount\n1,2.5\n2,4.0\n3,1.25\n");
  const layer = layerOf(nodes);
  for (let index = 0; index < nodes; index++) {
    const folder = join(root, "pipelines", `part_${Math.floor(index / 100)}`);
    if (index % 100 === 0) mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `n${index}.yml`), index < layer ? sourceText(index) : transformText(index, layer));
  }
};

const sourceText = (index: number): string =>
  `kind: source\nname: n${index}\nsource: csv\ntable: data/seed.csv\ncolumns: { id: BIGINT, amount: DOUBLE }\n`;

const nameOf = (index: number, layer: number): string => `${index < layer ? "source" : "transform"}.n${index}`;

const transformText = (index: number, layer: number): string => {
  const [first = 0, ...others] = inputsOf(index, layer);
  const joins = others.map((input, at) => ` join ref('${nameOf(input, layer)}') as t${at} using (id)`);
  return `kind: transform\nname: n${index}\ntags: [part_${index % 5}]\ntransform: |\n  select id, a.amount * 2 / 2 as amount from ref('${nameOf(first, layer)}') as a${joins.join("")}\n`;
};
