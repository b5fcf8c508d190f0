import { statSync } from "node:fs";
import { homedir } from "node:os";
import { basename } from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import { pythonFolder, type PythonFolder } from "../../../test-support/python.ts";
import { testDataDir } from "../../../test-support/temporary-project.ts";
import { HeadraceError } from "../../../shared/errors/index.ts";

const code = `
import ctypes, os, sys
from headrace import transform

def raises(ctx):
    numbers = {"a": 1}
    return helper(numbers)

def helper(numbers):
    return numbers["missing column"]

def exits(ctx):
    sys.exit(3)

def exits_calmly(ctx):
    sys.exit()

def exits_hard(ctx):
    os._exit(4)

def segfaults(ctx):
    ctypes.string_at(0)

def killed(ctx):
    import signal
    os.kill(os.getpid(), signal.SIGKILL)

def returns_nothing(ctx):
    ctx.duckdb.sql("create table t as select 1")

def returns_a_number(ctx):
    return 42

def returns_a_series(ctx):
    import pandas as pd
    return pd.Series([1])

def returns_a_cursor(ctx):
    return ctx.duckdb.execute("select 1")

def returns_frames_in_a_list(ctx):
    return [1, 2]

def yields_a_number(ctx):
    yield 42

def yields_nothing(ctx):
    return iter([])

def no_columns(ctx):
    import pandas as pd
    return pd.DataFrame()

def same_names(ctx):
    import pandas as pd
    return pd.DataFrame([[1, 2]], columns=["a", "A"])

def mixed_column(ctx):
    import pandas as pd
    return pd.DataFrame({"ok": [1, 2], "mixed": [1, "x"]})

def periods(ctx):
    import pandas as pd
    return pd.DataFrame({"p": pd.period_range("2024-01", periods=2, freq="M")})

def other_columns_later(ctx):
    import pyarrow as pa
    yield pa.table({"a": [1], "b": [1]})
    yield pa.table({"a": [1], "c": [1]})

def other_type_later(ctx):
    import pyarrow as pa
    yield pa.table({"a": [1]})
    yield pa.table({"a": ["x"]})

def too_many_digits(ctx):
    return ctx.duckdb.sql("select 1::hugeint as h union all select 170141183460469231731687303715884105727")

def fails_while_it_streams(ctx):
    return ctx.duckdb.sql("select ('x' || range)::int as a from range(3)")

async def is_async(ctx):
    return [{"a": 1}]

async def yields_async(ctx):
    yield [{"a": 1}]

def wrong_reference(ctx):
    return ctx.ref("transform.ordrs")

def takes_three(a, b, c):
    return []

def imports(ctx):
    import not_a_package
    return []

def wants_pandas_of_duckdb(ctx):
    return ctx.duckdb.sql("select 1").df()

def uses_all_memory(ctx):
    data = []
    while True:
        data.append(bytearray(50_000_000))

def uses_all_cpu(ctx):
    while True:
        pass

def writes_elsewhere(ctx):
    open("/var/tmp/headrace-should-not-be-here", "w")

def reads_profiles(ctx):
    open("profiles.yml")

def reads_home(ctx):
    os.listdir(HOME)

def reads_the_engine(ctx):
    parent = os.getppid()
    engine = int(open(f"/proc/{parent}/stat").read().rsplit(")", 1)[1].split()[1])
    open(f"/proc/{engine}/environ").read()

def reads_the_data_folder(ctx):
    open(DATA + "/interpreters.json")

def connects(ctx):
    import socket
    socket.create_connection(("127.0.0.1", 9), timeout=2)

def asks(ctx):
    input("name? ")

HOME = ${JSON.stringify(process.env["HOME"])}
DATA = ${JSON.stringify(testDataDir)}
`;

let folder: PythonFolder;
const files = { "profiles.yml": "password: secret\n", "broken.py": "def run(:\n", "raising.py": "1 / 0\n" };

beforeAll(async () => {
  folder = await pythonFolder(code);
  await folder.write(files);
});
afterAll(() => folder[Symbol.asyncDispose]());

const failure = async (work: Promise<unknown>): Promise<HeadraceError> => {
  const error: unknown = await work.then(
    () => expect.unreachable("it should have failed"),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof HeadraceError)) throw error;
  return error;
};

const location = { file: "node.py", line: 2, column: 1 };
const bodyOf = (name: string, dependencies: readonly string[] = ["pandas", "polars"]) =>
  folder.body({ function: name, dependencies, location });
/** The line in node.py that holds this text. */
const lineOf = (text: string): number => code.split("\n").findIndex((line) => line.includes(text)) + 1;

it.each([
  ["raises", "python_failed", /helper|raises/, 'numbers["missing column"]'],
  ["exits", "python_exited", /exit code 3/, "sys.exit(3)"],
  ["exits_calmly", "python_exited", /exit code 0/, "sys.exit()"],
  ["exits_hard", "python_exited", /exit code 4/, null],
  ["segfaults", "python_crashed", /SIGSEGV/, "ctypes.string_at(0)"],
  ["killed", "python_killed", /killed/, null],
  ["returns_nothing", "python_no_output", /returned no table/, null],
  ["returns_a_number", "python_result_type", /an int/, null],
  ["returns_a_series", "python_result_type", /Series/, null],
  ["returns_a_cursor", "python_result_type", /DuckDBPyConnection/, null],
  ["returns_frames_in_a_list", "python_result_type", /a list that holds an int/, null],
  ["yields_a_number", "python_result_type", /item 1 is an int/, null],
  ["yields_nothing", "python_result_invalid", /yielded nothing/, null],
  ["no_columns", "python_result_invalid", /no columns/, null],
  ["same_names", "python_result_invalid", /a and A/, null],
  ["mixed_column", "python_result_invalid", /column mixed/, null],
  ["periods", "python_result_invalid", /column p/, null],
  ["other_columns_later", "python_result_invalid", /piece 2 lacks b; has also c/, null],
  ["other_type_later", "python_result_invalid", /column a.*string in piece 2/, null],
  ["too_many_digits", "python_result_invalid", /column h of row 2/, null],
  ["fails_while_it_streams", "python_failed", /Could not convert string 'x0'/, null],
  ["is_async", "python_async", /async/, null],
  ["yields_async", "python_async", /async/, null],
  ["wrong_reference", "python_ref_unknown", /transform\.ordrs/, 'ctx.ref("transform.ordrs")'],
  ["takes_three", "python_signature", /takes 3 inputs and the node has 0/, null],
  ["imports", "python_module_missing", /not_a_package/, "import not_a_package"],
  ["writes_elsewhere", "python_not_permitted", /should-not-be-here/, "should-not-be-here"],
  ["reads_profiles", "python_not_permitted", /profiles\.yml/, 'open("profiles.yml")'],
  ["reads_home", "python_not_permitted", new RegExp(basename(homedir())), "os.listdir(HOME)"],
  ["reads_the_data_folder", "python_not_permitted", /interpreters\.json/, "interpreters.json"],
  ["reads_the_engine", "python_not_permitted", /environ/, "environ"],
  ["asks", "python_failed", /EOFError/, "input("],
  ["missing", "python_function_missing", /no function missing/, null],
] as const)("%s fails with %s and its place", async (name, expected, message, marked) => {
  const error = await failure(folder.run({ body: bodyOf(name) }));
  expect(error.message).toMatch(message);
  expect(error).toMatchObject({ code: expected, node: "transform.run" });
  expect(error.location).toMatchObject({ file: "node.py", line: marked === null ? 2 : lineOf(marked) });
  expect(`${error.message} ${error.next}`).not.toMatch(/\{\w+\}/);
});

it("names the package that a DuckDB result needs", async () => {
  const error = await failure(folder.run({ body: bodyOf("wants_pandas_of_duckdb", []) }));
  expect(error).toMatchObject({
    code: "python_module_missing",
    params: { module: expect.stringMatching(/numpy|pandas/) },
  });
});

it.each([
  ["broken.py", "python_syntax", 1],
  ["raising.py", "python_failed", 1],
  ["absent.py", "python_file_missing", 2],
])("a file that cannot be loaded (%s) fails with %s", async (file, expected, line) => {
  const error = await failure(folder.run({ body: { ...bodyOf("run"), file } }));
  expect(error).toMatchObject({ code: expected, location: { line } });
});

it("a file named like a standard module is loaded beside it", async () => {
  await folder.write({
    "numbers.py": "import pandas as pd\ndef run(ctx):\n    return pd.DataFrame({'a': [1]})\n",
  });
  expect(await folder.run({ body: { ...bodyOf("run"), file: "numbers.py" } })).toMatchObject({ rows: 1 });
});

it.each([
  ["a standard module", "secrets", "secrets.rate(1)"],
  ["a package", "pandas", "secrets.DataFrame()"],
])("says that a helper has the name of %s", async (_what, module, call) => {
  await folder.write({
    [`shadow/${module}.py`]: "def of(value):\n    return value\n",
    "shadow/node.py": `def run(ctx):\n    import ${module} as secrets\n    return ${call}\n`,
  });
  const error = await failure(folder.run({ body: { ...bodyOf("run"), file: "shadow/node.py" } }));
  expect(error).toMatchObject({ code: "python_module_hidden", location: { file: "shadow/node.py", line: 3 } });
  expect(error.message).toContain(`shadow/${module}.py has the name of the module ${module}`);
});

it("holds a node to its memory", async () => {
  const limits = { memory: 200_000_000, cpuSeconds: null };
  const error = await failure(folder.run({ body: bodyOf("uses_all_memory"), limits }));
  expect(error).toMatchObject({ code: "python_out_of_memory", location: { line: lineOf("bytearray(") } });
  expect(error.message).toContain("200 MB");
});

it("holds a node to its CPU time", async () => {
  const limits = { memory: null, cpuSeconds: 1 };
  const error = await failure(folder.run({ body: bodyOf("uses_all_cpu"), limits }));
  expect(error.code).toBe("python_cpu_limit");
  expect([lineOf("def uses_all_cpu") + 1, lineOf("def uses_all_cpu") + 2]).toContain(error.location?.line);
});

it.each([
  [undefined, "ConnectionRefusedError"],
  [false, "PermissionError"],
])("with network %s a connection ends in %s", async (network, exception) => {
  const limits = { memory: null, cpuSeconds: null, network };
  const error = await failure(folder.run({ body: bodyOf("connects"), limits }));
  expect(error).toMatchObject({ code: "python_failed", params: { exception } });
});

it("tells that the interpreter cannot be started", async () => {
  const environment = { envHash: "", interpreter: "/no/such/python", packages: {} };
  const signal = new AbortController().signal;
  const error = await failure(folder.runner.run(folder.job(), environment, signal, folder.log));
  expect(error).toMatchObject({ code: "python_start_failed", message: expect.stringContaining("ENOENT") });
});

it("shows the person's own frames of the traceback and no others", async () => {
  const before = folder.lines.length;
  await failure(folder.run({ body: bodyOf("raises") }));
  const text = folder.lines
    .slice(before)
    .map((line) => line.text)
    .join("\n");
  expect(text).toContain("in raises");
  expect(text).toContain("in helper");
  expect(text).not.toMatch(/headrace_runner|supervisor/);
});

it("leaves nothing outside the scratch folder", () => {
  expect(statSync("/var/tmp/headrace-should-not-be-here", { throwIfNoEntry: false })).toBeUndefined();
  expect(statSync(folder.path("__pycache__"), { throwIfNoEntry: false })).toBeUndefined();
});
