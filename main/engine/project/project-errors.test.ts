import { describe, expect, it } from "vitest";

import { projectFolder } from "../../../test-support/loaded-project.ts";

const orders = "kind: source\nname: orders\nsource: csv\ntable: data/orders.csv\n";

/** A fault in one file, and the error it must give: code @ line:column, message, next. */
const faults: readonly (readonly [string, string, Readonly<Record<string, string>>, string, string])[] = [
  [
    "an unknown key",
    "pipelines/a.yml",
    { "pipelines/a.yml": "kind: source\nname: a\nsource: csv\ntabel: x.csv\n" },
    "key_unknown@4:1",
    "There is no key tabel | Did you mean table?",
  ],
  [
    "an unknown key further down",
    "pipelines/a.yml",
    {
      "pipelines/a.yml":
        "kind: transform\nname: a\ntransform: select 1 as one\nmaterialization:\n  type: postgresql\n  table: a.b\n  uniq_keys: [x]\n",
    },
    "key_unknown@7:3",
    "There is no key uniq_keys in materializations[0] | Did you mean unique_keys?",
  ],
  [
    "a wrong type",
    "pipelines/a.yml",
    { "pipelines/a.yml": "kind: source\nname: a\nsource: csv\ntable: [x]\n" },
    "value_invalid@4:8",
    "table is text, but here it is a list | Change the value of `table`.",
  ],
  [
    "a wrong word",
    "pipelines/a.yml",
    { "pipelines/a.yml": "kind: source\nname: a\nsource: cvs\n" },
    "value_invalid@3:9",
    'source is one of csv, parquet, json, jsonl, sqlite, postgresql, postgres, database, hive, iceberg, but here it is text "cvs" | Did you mean csv?',
  ],
  [
    "a wrong word in a list",
    "pipelines/a.yml",
    {
      "pipelines/a.yml":
        "kind: transform\nname: a\ntransform: select 1\nmaterializations:\n  - {type: parquet, path: a.parquet}\n  - type: postgresql\n    mode: upsert_by_keys\n",
    },
    "value_invalid@7:11",
    'materializations[1].mode is one of append, full, replace, overwrite, upsert_by_key, upsert, incremental_by_time, but here it is text "upsert_by_keys" | Did you mean upsert_by_key?',
  ],
  [
    "a name that cannot be a table",
    "pipelines/a.yml",
    { "pipelines/a.yml": "kind: source\nname: My-Orders\nsource: csv\n" },
    "value_invalid@2:7",
    'name is lower-case letters, digits and underscores, not starting with a digit, but here it is text "My-Orders" | Change the value of `name`.',
  ],
  [
    "a duration that is none",
    "pipelines/a.yml",
    { "pipelines/a.yml": `${orders}timeout: soon\n` },
    "value_invalid@5:10",
    'timeout is a duration such as 30s, 5m, 2h, 7d, but here it is text "soon" | Change the value of `timeout`.',
  ],
  [
    "no kind",
    "pipelines/a.yml",
    { "pipelines/a.yml": "name: a\n" },
    "kind_missing@1:1",
    "This document has no `kind` | Add one of: source, transform, feature_group, aggregation, second_order_aggregation, model, predict, rule, exposure. Shared fragments belong in a common folder.",
  ],
  [
    "no name",
    "pipelines/a.yml",
    { "pipelines/a.yml": "kind: source\nsource: csv\n" },
    "key_missing@1:1",
    "name is missing; it is text | Add `name`.",
  ],
  [
    "an unknown kind",
    "pipelines/a.yml",
    { "pipelines/a.yml": "kind: transfrom\nname: a\n" },
    "kind_unknown@1:7",
    "There is no kind transfrom | Did you mean transform?",
  ],
  [
    "a document that is a list",
    "pipelines/a.yml",
    { "pipelines/a.yml": "- kind: source\n" },
    "node_not_mapping@1:1",
    "A node is a mapping with `kind` and `name`, but this document is a list | Begin the document with `kind:` and `name:`.",
  ],
  [
    "a key twice",
    "pipelines/a.yml",
    { "pipelines/a.yml": "kind: source\nname: a\nsource: csv\nname: b\n" },
    "yaml_duplicate_key@4:1",
    "The key name is there twice | Keep one of the two.",
  ],
  [
    "an open quote",
    "pipelines/a.yml",
    { "pipelines/a.yml": 'kind: source\nname: "a\nsource: csv\n' },
    "yaml_syntax@4:1",
    'This is not valid YAML: Missing closing "quote | Correct the line; indentation and a missing quote or colon are the usual causes.',
  ],
  [
    "the second document of a file",
    "pipelines/a.yml",
    { "pipelines/a.yml": `${orders}---\nkind: source\nname: b\nsource: 7\n` },
    "value_invalid@8:9",
    "source is one of csv, parquet, json, jsonl, sqlite, postgresql, postgres, database, hive, iceberg, but here it is 7 | Change the value of `source`.",
  ],
  [
    "both spellings of one key",
    "pipelines/a.yml",
    { "pipelines/a.yml": "kind: exposure\nname: a\ntype: file\ninputs: []\ndepends_on: []\n" },
    "key_conflict@5:1",
    "depends_on and inputs mean the same and are both given | Keep inputs.",
  ],
  [
    "nothing to run",
    "pipelines/a.yml",
    { "pipelines/a.yml": "kind: transform\nname: a\n" },
    "body_missing@1:1",
    "transform.a has neither SQL nor a Python function | Add `transform:` with one SELECT, or `file:` and `function:`.",
  ],
  [
    "SQL twice",
    "pipelines/a.yml",
    { "pipelines/a.yml": "kind: transform\nname: a\ntransform: select 1\nfile: a.sql\n" },
    "body_twice@4:1",
    "transform.a has both `transform` and `file` | Keep one of the two.",
  ],
  [
    "a file that is not there",
    "pipelines/a.yml",
    { "pipelines/a.yml": "kind: transform\nname: a\nfile: a.sql\n" },
    "file_missing@3:7",
    "transform.a names a.sql, which does not exist | Create the file or correct the path; it is relative to this file, else to the project.",
  ],
  [
    "a file outside of the project",
    "pipelines/a.yml",
    { "pipelines/a.yml": "kind: transform\nname: a\nfile: ../../../../../../../etc/hostname\n" },
    "file_outside_project@3:7",
    "../../../../../../../etc/hostname leads out of the project and is not followed | Keep the files of a pipeline inside the project's folder.",
  ],
  [
    "a missing input",
    "pipelines/a.yml",
    {
      "pipelines/o.yml": orders,
      "pipelines/a.yml": "kind: transform\nname: a\ninputs:\n  - source.order\ntransform: select 1\n",
    },
    "input_unknown@4:5",
    "transform.a reads source.order, which does not exist | Did you mean source.orders?",
  ],
  [
    "an input of another kind",
    "pipelines/a.yml",
    {
      "pipelines/o.yml": orders,
      "pipelines/a.yml": "kind: transform\nname: a\ninputs:\n  - ref: transform.orders\ntransform: select 1\n",
    },
    "input_unknown@4:5",
    "transform.a reads transform.orders, which does not exist | Did you mean source.orders?",
  ],
  [
    "SQL that names a missing node",
    "pipelines/a.yml",
    {
      "pipelines/o.yml": orders,
      "pipelines/a.yml": "kind: transform\nname: a\ntransform: |\n  select *\n  from source.ordes\n",
    },
    "input_unknown@5:8",
    "transform.a reads source.ordes, which does not exist | Did you mean source.orders?",
  ],
  [
    "SQL that names a missing node by ref",
    "pipelines/a.yml",
    {
      "pipelines/o.yml": orders,
      "pipelines/a.yml": "kind: transform\nname: a\ntransform: select * from ref('source.ordes')\n",
    },
    "input_unknown@3:26",
    "transform.a reads source.ordes, which does not exist | Did you mean source.orders?",
  ],
  [
    "a bare table name",
    "pipelines/a.yml",
    {
      "pipelines/o.yml": orders,
      "pipelines/a.yml": "kind: transform\nname: a\ntransform: |\n  -- all of them\n  select * from orders\n",
    },
    "table_unknown@5:17",
    "transform.a reads the table orders, which is not a node | Did you mean ref('source.orders')?",
  ],
  [
    "more inputs than there are",
    "pipelines/a.yml",
    {
      "pipelines/o.yml": orders,
      "pipelines/a.yml":
        "kind: transform\nname: a\ninputs: [source.orders]\ntransform: select * from input_0, input_1\n",
    },
    "input_index@4:35",
    "transform.a reads input_1, but it has 1 inputs | Inputs are counted from input_0 in the order of `inputs`; use ref('kind.name') to be safe.",
  ],
  [
    "SQL that does not parse",
    "pipelines/a.sql",
    { "pipelines/a.yml": "kind: transform\nname: a\nfile: a.sql\n", "pipelines/a.sql": "select 1\nform x\n" },
    "sql_syntax@2:6",
    'The SQL of transform.a cannot be read: syntax error at or near "x" | Correct the SQL at the place shown.',
  ],
  [
    "a parameter that nobody gives",
    "pipelines/a.yml",
    { "pipelines/a.yml": "kind: transform\nname: a\nparams: {limit: 3}\ntransform: |\n  select 1 where 1 < $limt\n" },
    "parameter_missing@5:22",
    "The SQL of transform.a binds $limt, which has no value | Did you mean $limit?",
  ],
  [
    "an unknown fragment",
    "pipelines/a.yml",
    {
      "pipelines/common/x.yml": "expressions:\n  on_time: delay < 15\n",
      "pipelines/a.yml": "kind: transform\nname: a\ntransform: |\n  select 1\n  where {{ on_tme }}\n",
    },
    "fragment_unknown@5:9",
    "There is no fragment on_tme | Did you mean on_time?",
  ],
  [
    "SQL that does not parse after a fragment",
    "pipelines/a.yml",
    {
      "pipelines/common/x.yml": "expressions:\n  late: |\n    delay\n    > 15\n",
      "pipelines/a.yml": "kind: transform\nname: a\ntransform: |\n  select {{ late }} as late,\n    , 1 as one\n",
    },
    "sql_syntax@5:5",
    'The SQL of transform.a cannot be read: syntax error at or near "," | Correct the SQL at the place shown.',
  ],
  [
    "a broken setting of the project",
    "headrace.yml",
    { "headrace.yml": "name: x\nengin: duckdb\n" },
    "key_unknown@2:1",
    "There is no key engin | Did you mean engine?",
  ],
  [
    "a password in a node's file",
    "pipelines/a.yml",
    {
      "pipelines/a.yml":
        "kind: source\nname: a\nsource: postgres\ntable: x\nparams:\n  user: ada\n  password: sesame\n",
    },
    "secret_in_file@7:13",
    "params.password of source.a is a password in plain text | Put it into a connection of profiles.yml, which git ignores, and name that connection here.",
  ],
  [
    "a password in an address",
    "pipelines/a.yml",
    {
      "pipelines/a.yml":
        "kind: exposure\nname: a\ntype: database\nparams:\n  headers: {Authorization: 'Bearer {TOKEN}'}\n  connection_string: postgresql://ada:sesame@host/db\n",
    },
    "secret_in_file@6:22",
    "params.connection_string of exposure.a is a password in plain text | Put it into a connection of profiles.yml, which git ignores, and name that connection here.",
  ],
  [
    "a function that is not there",
    "pipelines/a.yml",
    {
      "pipelines/a.yml": "kind: transform\nname: a\nfile: a.py\nfunction: cleen\n",
      "pipelines/a.py": "def clean(ctx):\n    return ctx.input(0)\n",
    },
    "function_missing@4:11",
    "pipelines/a.py has no function cleen | Did you mean clean?",
  ],
  [
    "Python that does not parse",
    "pipelines/a.py",
    { "pipelines/a.py": "from headrace import transform\n\ndef clean(ctx:\n    return 1\n" },
    "python_syntax@4:5",
    "pipelines/a.py:4 is not valid Python: return 1 | Correct the line.",
  ],
  [
    "a wrong key of a decorator",
    "pipelines/a.py",
    {
      "pipelines/a.py":
        'from headrace import transform\n\n@transform(name="a", input=["source.x"])\ndef a(ctx):\n    return 1\n',
    },
    "key_unknown@3:28",
    "There is no key input | Did you mean inputs?",
  ],
  [
    "a computed argument without a way to import",
    "pipelines/a.py",
    {
      "pipelines/a.py":
        "from headrace import transform\nNAME = 'a'\n\n@transform(name=NAME)\ndef a(ctx):\n    return 1\n",
    },
    "python_computed@4:17",
    "The arguments of @transform are computed (NAME), so the file would have to be imported to read them | Write the values out as literals, or open the project where its files may be run.",
  ],
];

describe("an error of a project names its place, what is wrong and what to do", () => {
  it.each(faults)("%s", async (_name, file, files, expected, text) => {
    await using folder = await projectFolder(files);
    const project = await folder.load();
    const problems = project.problems.map(({ code, location, message, next, severity }) => ({
      place: `${code}@${location?.line}:${location?.column}`,
      file: location?.file,
      text: `${message} | ${next}`,
      severity,
    }));
    expect(problems).toEqual([{ place: expected, file, text, severity: "error" }]);
  });
});
