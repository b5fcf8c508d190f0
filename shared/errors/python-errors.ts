import type { CatalogueEntry } from "./entry.ts";

export const pythonErrors = {
  python_failed: {
    message: "{function} raised {exception} at {place}: {text}",
    next: "Correct the function; its own frames of the traceback are in the run's log.",
    exit: 1,
  },
  python_exited: {
    message: "{function} ended its process with exit code {exit} before it returned a table ({place})",
    next: "Return a table instead of calling sys.exit or os._exit; raise an exception to fail the node.",
    exit: 1,
  },
  python_crashed: {
    message: "The Python process of {function} crashed with {signal} at {place}; it had used {memory}",
    next: "A native library failed there: look at the arguments of that call, or try another version of the package.",
    exit: 1,
  },
  python_killed: {
    message: "The Python process of {function} was killed from outside ({place}); it had used {memory} of memory",
    next: "Usually the machine ran out of memory: return a generator of batches, or select fewer rows and columns first.",
    exit: 1,
  },
  python_out_of_memory: {
    message: "{function} ran out of memory at {place} (limit: {memory}): {text}",
    next: "Raise `resources.memory` of the node, or return a generator of batches so that less is held at once.",
    exit: 1,
  },
  python_cpu_limit: {
    message: "{function} used up its {seconds} seconds of CPU time at {place}",
    next: "Raise `resources.cpu_seconds` of the node, or make the function do less.",
    exit: 1,
  },
  python_no_output: {
    message: "{function} returned no table ({place})",
    next: "End the function with `return`: a pandas or polars frame, an Arrow table or reader, a generator of batches, a DuckDB relation or a list of dicts.",
    exit: 1,
  },
  python_output_damaged: {
    message: "{function} wrote {told} rows and its parquet file holds {found}",
    next: "Nothing but the return value may write to ctx.scratch/output.parquet; run the node again.",
    exit: 1,
  },
  python_result_type: {
    message: "{function} returned {type}, which is not a table ({place})",
    next: "{hint}",
    exit: 1,
  },
  python_result_invalid: {
    message: "The table that {function} returned cannot be kept: {text} ({place})",
    next: "{hint}",
    exit: 1,
  },
  python_async: {
    message: "{function} is an `async` function, which nodes cannot be ({place})",
    next: "Make it an ordinary function; call asynchronous code in it with asyncio.run(…).",
    exit: 1,
  },
  python_signature: {
    message: "{function} cannot be called: {why} ({place})",
    next: "Take `ctx`, or one parameter for each input (all named after the inputs, or none), or `ctx` first and then the inputs.",
    exit: 1,
  },
  python_ref_unknown: {
    message: "{function} asks for the input {ref} at {place}, which the node does not have; its inputs: {inputs}",
    next: "Add it to the node's `inputs`, or correct the name.",
    exit: 1,
  },
  python_file_missing: {
    message: "The Python file {file} of {node} does not exist",
    next: "Correct the node's `file`, or restore the file.",
    exit: 2,
  },
  python_function_missing: {
    message: "{file} has no function {function}; it has {known}",
    next: "Correct the node's `function`, or add the function to the file.",
    exit: 2,
  },
  python_module_missing: {
    message: "{place} needs the module {module}, which is neither in the project nor in the node's environment",
    next: "Add the package that holds it to `dependencies` in the file's `# /// script` block.",
    exit: 1,
  },
  python_module_hidden: {
    message: "{file} has the name of the module {module}, and one was taken for the other at {place}: {text}",
    next: "Rename {file}; a module of its own name is then found.",
    exit: 1,
  },
  python_syntax: {
    message: "{place} is not valid Python: {text}",
    next: "Correct the line.",
    exit: 2,
  },
  python_not_permitted: {
    message: "{function} may not use {path} ({place})",
    next: "A node may read the project and the system, and write only below ctx.scratch; results are returned, not written.",
    exit: 1,
  },
  python_start_failed: {
    message: "The Python interpreter of {node} could not be started: {text}",
    next: "Run `headrace env build` to make the environment anew.",
    exit: 1,
  },
  python_interpreter_unusable: {
    message: "{interpreter} is not a Python that can be used: {text}",
    next: "Install Python 3.10 or newer, or set `python.interpreter` in headrace.yml.",
    exit: 2,
  },
  python_version_mismatch: {
    message: "The lock {path} is for Python {wanted} and newer, and {interpreter} is {version}",
    next: "Set `python.interpreter` to a newer Python, or delete the lock to make it anew for this one.",
    exit: 2,
  },
  python_requirement_invalid: {
    message: "The dependency `{requirement}` of {file} cannot be locked",
    next: "Write a package name with an optional version, such as pandas>=2; for files, folders and addresses use `python.mode: uv-run`.",
    exit: 2,
  },
  python_lock_failed: {
    message: "No versions were found that fit {requirements}: {text}",
    next: "Change the versions in the `# /// script` block or in `python.dependencies`.",
    exit: 2,
  },
  python_lock_missing: {
    message: "{file} needs the lock {path}, which does not exist, and this project does not make locks while it runs",
    next: "Run `headrace env build` where locks are made and put the `locks` folder under version control.",
    exit: 2,
  },
  python_lock_damaged: {
    message: "The lock {path} is not one that Headrace made: versions or hashes are missing",
    next: "Restore it from version control, or delete it to lock again.",
    exit: 2,
  },
  python_packages_unreachable: {
    message: "The package registry could not be reached while preparing {path}: {text}",
    next: "Check the network and the proxy settings, then run the same command again; what was fetched is kept.",
    exit: 1,
  },
  python_environment_failed: {
    message: "The Python environment for {path} could not be built: {text}",
    next: "Correct the dependency that fails; a package without a wheel for this platform may need a compiler.",
    exit: 1,
  },
  environment_missing: {
    message: "The Python environment {hash} is not on this machine (expected at {path})",
    next: "Run `headrace env build` on this machine, or choose `python.mode: managed`.",
    exit: 2,
  },
  python_runtime_missing: {
    message: "The Python environment of {file} lacks {packages}, which every Python node needs",
    next: "{hint}",
    exit: 2,
  },
  python_uv_lock_missing: {
    message: "`python.mode: uv-run` needs {path}, which does not exist",
    next: "Run `uv lock` in the project and put uv.lock under version control, or choose `python.mode: managed`.",
    exit: 2,
  },
  python_uv_failed: {
    message: "{path} could not be run: {text}",
    next: "Reinstall uv, or take it out of PATH so that Headrace brings its own.",
    exit: 1,
  },
} as const satisfies Record<string, CatalogueEntry>;
