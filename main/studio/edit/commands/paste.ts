import { ProjectError } from "../../../../shared/errors/index.ts";
import { kinds } from "../../../../shared/graph/kinds/index.ts";
import { editYaml, parseYamlDocuments } from "../../../../shared/yaml/index.ts";
import { changeCanvas } from "./canvas.ts";
import type { ApplyCommand, CommandContext } from "./command-context.ts";
import { freshFile, freshName } from "./fresh-name.ts";
import { listedInputs, refOf } from "./inputs.ts";
import { mentions } from "./mentions.ts";
import { documentTexts } from "./yaml-documents.ts";

interface Pasted {
  readonly text: string;
  readonly kind: string;
  readonly name: string;
  readonly id: string;
}

const unreadable = (detail: string): ProjectError => new ProjectError("edit_paste_unreadable", { params: { detail } });

/** The nodes that a text describes, as they are written there. Throws `edit_paste_unreadable`. */
const readNodes = (text: string): readonly Pasted[] =>
  documentTexts(text.replaceAll("\r\n", "\n")).flatMap((document): readonly Pasted[] => {
    const [parsed] = parseYamlDocuments(document);
    const [problem] = parsed?.problems ?? [];
    if (problem !== undefined) throw unreadable(problem.detail);
    if (parsed === undefined || parsed.value === null) return [];
    const { kind, name } = parsed.value as Readonly<Record<string, unknown>>;
    if (typeof kind !== "string" || !Object.hasOwn(kinds, kind)) throw unreadable(`there is no kind ${String(kind)}`);
    if (typeof name !== "string" || !/^[a-z_][a-z0-9_]*$/.test(name)) throw unreadable("a node has no valid name");
    return [{ text: document.endsWith("\n") ? document : `${document}\n`, kind, name, id: `${kind}.${name}` }];
  });

/** Makes what calls every id that was copied as it is called here. */
const renamer = (names: ReadonlyMap<string, string>): ((text: string) => string) => {
  // By way of names that nothing has: two nodes may swap theirs.
  const marks = [...names].flatMap(([from, to], at) =>
    from === to ? [] : [{ to, mark: `\u0000${at}\u0000`, mentioned: mentions(from) }],
  );
  return (text) => {
    let renamed = text;
    for (const { mentioned, mark } of marks) renamed = renamed.replaceAll(mentioned, mark);
    for (const { to, mark } of marks) renamed = renamed.replaceAll(mark, to);
    return renamed;
  };
};

/** Takes out listed inputs that are not among the pasted; those that SQL or code names stay, as text. */
const withoutOutsideInputs = (text: string, inside: ReadonlySet<unknown>): string => {
  const [document] = parseYamlDocuments(text);
  const list = listedInputs(document?.value as Readonly<Record<string, unknown>>);
  const kept = list.filter((input) => inside.has(refOf(input)));
  if (kept.length === list.length) return text;
  return editYaml(text, ["inputs"], kept.length === 0 ? undefined : kept);
};

export const paste: ApplyCommand<"paste"> = async ({ text, keepInputs, places }, context) => {
  const nodes = readNodes(text);
  if (nodes.length === 0) throw unreadable("it is empty");
  const fresh = nodes.map(({ kind, name }) => {
    const id = `${kind}.${freshName(context, kind, name)}`;
    context.added.push(id);
    return id;
  });
  const names = new Map<string, string>();
  // What is there twice becomes two nodes; who reads it reads the first.
  for (const [at, { id }] of nodes.entries()) if (!names.has(id)) names.set(id, fresh[at] ?? id);
  const rename = renamer(names);
  const inside = new Set<unknown>(fresh);
  for (const [at, node] of nodes.entries()) {
    const name = (fresh[at] ?? node.id).slice(node.kind.length + 1);
    const renamed = rename(editYaml(node.text, ["name"], name));
    const written = keepInputs ? renamed : withoutOutsideInputs(renamed, inside);
    await context.files.write(await freshFile(context, name), written);
  }
  await placeAll(context, fresh, places);
};

const placeAll = async (
  context: CommandContext,
  ids: readonly string[],
  places: readonly ({ readonly x: number; readonly y: number } | null)[],
): Promise<void> => {
  const placed = ids.flatMap((id, at) => {
    const place = places[at];
    return place === null || place === undefined ? [] : [[id, place] as const];
  });
  if (placed.length === 0) return;
  await changeCanvas(context, (canvas) => ({
    ...canvas,
    positions: { ...canvas.positions, ...Object.fromEntries(placed) },
  }));
};
