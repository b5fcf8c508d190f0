// What commands and editors ask of project files; loaded when asked for, so that a run that reads nothing stays cheap.
export { initProject, type InitOptions } from "./init-project.ts";
export { pipelineFolders } from "./list-files.ts";
export { decoratedFunctions, type DecoratedFunction, type DecoratorCall } from "./python/decorated.ts";
export { children, parsePython, type PythonSyntax, type SyntaxNode, textOf } from "./python/syntax.ts";
