import { ProjectError } from "../../../../shared/errors/index.ts";
import type { PipelineNode } from "../../../../shared/graph/index.ts";
import type { YamlPath } from "../../../../shared/yaml/index.ts";
import { withValue as withPath } from "../../../../shared/yaml/model.ts";
import { projectRoom } from "../../../engine/index.ts";
import type { ProjectRoom } from "../project-room.ts";
import { decoratorAt, type DecoratorPlace, withArgument, withoutArgument, withValue } from "./decorator-arguments.ts";

/** What a Python file says of one node: its decorators as they are written. */
interface Decorated {
  readonly room: ProjectRoom;
  readonly call: ReturnType<ProjectRoom["decoratedFunctions"]>[number]["decorators"][number];
  readonly targets: ReturnType<ProjectRoom["decoratedFunctions"]>[number]["decorators"];
  readonly function: string;
}

const read = async (node: PipelineNode, code: string): Promise<Decorated> => {
  const room = await projectRoom();
  const found = room
    .decoratedFunctions(room.parsePython(code))
    .find(({ decorators, function: name }) =>
      decorators.some((call) => call.name === node.kind && nameOf(call, name) === node.name),
    );
  const call = found?.decorators.find(({ name }) => name !== "materialize");
  // It was there when the project was read, or it is only known from importing the file.
  if (found === undefined || call === undefined) throw computed(node, "name");
  const targets = found.decorators.filter(({ name }) => name === "materialize");
  return { room, call, targets, function: found.function };
};

const nameOf = (call: Decorated["call"], fallback: string): unknown =>
  call.positional ?? call.options?.["name"] ?? fallback;

const computed = (node: PipelineNode, key: string): ProjectError =>
  new ProjectError("edit_python_computed", {
    node: node.id,
    location: node.location,
    params: { node: node.id, file: node.location.file, key },
  });

/** The node's decorator arguments as a YAML file would say them. Throws `edit_python_computed`. */
export const decoratorConfig = async (node: PipelineNode, code: string): Promise<Readonly<Record<string, unknown>>> => {
  const { call, targets, function: name } = await read(node, code);
  if (call.options === null) throw computed(node, call.computed?.text ?? "name");
  const own = call.options["materializations"];
  const materializations = [
    ...(Array.isArray(own) ? (own as readonly unknown[]) : []),
    ...targets.map(({ options, positional }) => (positional === null ? options : { type: positional, ...options })),
  ];
  return {
    kind: node.kind,
    name: nameOf(call, name),
    ...call.options,
    ...(materializations.length === 0 ? {} : { materializations }),
  };
};

/** The code with one key of the node's decorator set, or taken out with `undefined`. Throws `edit_python_computed`. */
export const setInDecorator = async (
  node: PipelineNode,
  code: string,
  path: YamlPath,
  value: unknown,
): Promise<string> => {
  const config = await decoratorConfig(node, code);
  const [key, ...rest] = path;
  if (typeof key !== "string" || key === "kind") throw computed(node, String(key));
  const next = rest.length === 0 ? { value } : withPath(config[key], rest, value);
  if (next === null) throw new ProjectError("yaml_path", { params: { path: path.join(".") } });
  const { targets } = await read(node, code);
  const plain = key === "materializations" && targets.length > 0 ? await withoutTargets(node, code) : code;
  return setKey(node, plain, key, next.value);
};

const setKey = async (node: PipelineNode, code: string, key: string, value: unknown): Promise<string> => {
  const { room, call } = await read(node, code);
  const place = decoratorAt(room, code, call.offset);
  if (place === null) throw computed(node, key);
  const argument = place.args.find((one) => one.key === key || (one.key === null && key === "name"));
  if (argument === undefined) return value === undefined ? code : withArgument(code, place, key, value);
  // A comment inside what is replaced would be lost.
  if (value !== undefined && hasComment(room, argument.value)) throw computed(node, key);
  return value === undefined ? withoutArgument(code, place, argument) : withValue(code, argument, value);
};

const hasComment = (room: ProjectRoom, node: DecoratorPlace["args"][number]["value"]): boolean =>
  room.children(node).some((child) => child.name === "Comment" || hasComment(room, child));

/** Takes the `@materialize` lines out: what they say goes into the node's own decorator. */
const withoutTargets = async (node: PipelineNode, code: string): Promise<string> => {
  let edited = code;
  for (;;) {
    const { room, targets } = await read(node, edited);
    const [target] = targets;
    const place = target === undefined ? null : decoratorAt(room, edited, target.offset);
    if (place === null) return edited;
    const start = edited.lastIndexOf("\n", place.from - 1) + 1;
    const end = edited.indexOf("\n", place.to) + 1;
    edited = edited.slice(0, start) + (end === 0 ? "" : edited.slice(end));
  }
};
