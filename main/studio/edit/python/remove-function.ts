import { ProjectError } from "../../../../shared/errors/index.ts";
import type { PipelineNode } from "../../../../shared/graph/index.ts";
import { projectRoom } from "../../../engine/index.ts";
import type { EditedFiles } from "../edited-files.ts";

/** What may be left of a file that held one node: then the file goes with it. */
const leftovers = new Set(["Comment", "ImportStatement", "ExpressionStatement"]);

/** Takes a node's decorated function out of its file; the file goes too when only imports and comments would be left. */
export const removeFunction = async (node: PipelineNode, files: EditedFiles): Promise<void> => {
  const { body, location } = node;
  const { file } = location;
  const { parsePython, children, textOf } = await projectRoom();
  const code = (await files.read(file)) ?? "";
  const syntax = parsePython(code);
  const statements = children(syntax.tree.topNode);
  const wanted = body?.language === "python" ? body.function : node.name;
  const own = statements.find((statement) => {
    const name = statement.name === "DecoratedStatement" && statement.getChild("FunctionDefinition")?.getChild("VariableName");
    return name !== null && name !== undefined && name !== false && textOf(syntax, name) === wanted;
  });
  if (own === undefined) {
    throw new ProjectError("edit_in_python", { node: node.id, location, params: { node: node.id, file } });
  }
  const isLast = statements.every((statement) => statement === own || leftovers.has(statement.name));
  const end = own.to + (/^\s*?\n+/.exec(code.slice(own.to))?.[0].length ?? 0);
  await files.write(file, isLast ? null : code.slice(0, own.from) + code.slice(end));
};
