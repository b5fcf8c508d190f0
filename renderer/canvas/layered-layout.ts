// Places nodes in layers from left to right: what reads comes right of what it reads, with few crossings.

export interface LayoutInput {
  readonly ids: readonly string[];
  /** For each id, positions in `ids` of what it reads. */
  readonly inputs: readonly (readonly number[])[];
}

export interface LayoutSpacing {
  readonly column: number;
  readonly row: number;
}

const sweeps = 8;

/** Longest path from a source; a cycle is cut where it is met, so that a broken graph is still drawn. */
const layersOf = ({ ids, inputs }: LayoutInput): Int32Array => {
  const layer = new Int32Array(ids.length).fill(-1);
  const isOpen = new Uint8Array(ids.length);
  const stack: number[] = [];
  for (let root = 0; root < ids.length; root++) {
    stack.push(root);
    while (stack.length > 0) {
      const node = stack.at(-1) ?? 0;
      const waiting = (inputs[node] ?? []).filter((input) => layer[input] === -1 && isOpen[input] === 0);
      if (isOpen[node] === 0 && waiting.length > 0 && layer[node] === -1) {
        isOpen[node] = 1;
        stack.push(...waiting);
        continue;
      }
      stack.pop();
      isOpen[node] = 0;
      if (layer[node] !== -1) continue;
      let deepest = -1;
      for (const input of inputs[node] ?? []) deepest = Math.max(deepest, layer[input] ?? -1);
      layer[node] = deepest + 1;
    }
  }
  return layer;
};

const readersOf = ({ ids, inputs }: LayoutInput): readonly (readonly number[])[] => {
  const readers: number[][] = ids.map(() => []);
  for (const [node, list] of inputs.entries()) for (const input of list) readers[input]?.push(node);
  return readers;
};

const mean = (nodes: readonly number[], value: Float64Array, otherwise: number): number => {
  if (nodes.length === 0) return otherwise;
  let sum = 0;
  for (const node of nodes) sum += value[node] ?? 0;
  return sum / nodes.length;
};

/** Sorts each layer by where its neighbours stand, to and fro, so that edges cross less. */
const untangle = (layers: number[][], inputs: LayoutInput["inputs"], readers: LayoutInput["inputs"]): void => {
  const order = new Float64Array(inputs.length);
  for (const nodes of layers) for (const [at, node] of nodes.entries()) order[node] = at / nodes.length;
  const weight = new Float64Array(inputs.length);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const isForward = sweep % 2 === 0;
    for (const nodes of isForward ? layers : layers.toReversed()) {
      const neighbours = isForward ? inputs : readers;
      for (const node of nodes) weight[node] = mean(neighbours[node] ?? [], order, order[node] ?? 0);
      nodes.sort((a, b) => (weight[a] ?? 0) - (weight[b] ?? 0));
      for (const [at, node] of nodes.entries()) order[node] = at / nodes.length;
    }
  }
};

/** Draws each node towards its neighbours without changing the order within its layer. */
const align = (
  layers: readonly number[][],
  inputs: LayoutInput["inputs"],
  readers: LayoutInput["inputs"],
  row: number,
): Float64Array => {
  const y = new Float64Array(inputs.length);
  for (const nodes of layers) for (const [at, node] of nodes.entries()) y[node] = (at - (nodes.length - 1) / 2) * row;
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const neighbours = sweep % 2 === 0 ? inputs : readers;
    for (const nodes of layers) {
      const wanted = nodes.map((node) => mean(neighbours[node] ?? [], y, y[node] ?? 0));
      placeInOrder(nodes, wanted, row, y);
    }
  }
  return y;
};

/** As near as can be to what each wants, at least a row apart: groups that push each other share their mean. */
const placeInOrder = (nodes: readonly number[], wanted: readonly number[], row: number, y: Float64Array): void => {
  const groups: { start: number; sum: number; count: number }[] = [];
  const top = ({ sum, count }: { sum: number; count: number }): number => sum / count - ((count - 1) / 2) * row;
  for (const [at, want] of wanted.entries()) {
    let group = { start: at, sum: want, count: 1 };
    for (let above = groups.at(-1); above !== undefined; above = groups.at(-1)) {
      if (top(above) + above.count * row <= top(group)) break;
      groups.pop();
      group = { start: above.start, sum: above.sum + group.sum, count: above.count + group.count };
    }
    groups.push(group);
  }
  for (const group of groups) {
    for (let at = 0; at < group.count; at++) {
      const node = nodes[group.start + at];
      if (node !== undefined) y[node] = Math.round(top(group) + at * row);
    }
  }
};

/** Upper left corners by id. Takes time in proportion to nodes and edges. */
export const layeredLayout = (
  graph: LayoutInput,
  { column, row }: LayoutSpacing,
): ReadonlyMap<string, { readonly x: number; readonly y: number }> => {
  const layer = layersOf(graph);
  const readers = readersOf(graph);
  const layers: number[][] = [];
  for (const [node, depth] of layer.entries()) (layers[depth] ??= []).push(node);
  untangle(layers, graph.inputs, readers);
  const y = align(layers, graph.inputs, readers, row);
  return new Map(graph.ids.map((id, node) => [id, { x: (layer[node] ?? 0) * column, y: y[node] ?? 0 }]));
};
