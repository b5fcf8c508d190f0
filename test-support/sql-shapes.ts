// Shapes that a SELECT can have, each with its lineage as a person reads it: `total = a.x a.y`, a star behind what is copied.

/** Over `source.a(id, x, y, g, t)`, `source.b(id, z, w, g, t)` and `source.s(id, p, l)`. */
export const sqlShapes: readonly (readonly [shape: string, sql: string, expected: string])[] = [
  [
    "plain columns and aliases",
    "select id, x as renamed, x + y as total from source.a",
    "id = a.id*; renamed = a.x*; total = a.x a.y",
  ],
  ["filter", "select id from source.a where g = 'a' and x > 3", "id = a.id*; filter a.g; filter a.x"],
  [
    "common table expression",
    "with big as (select id, x * 2 as double from source.a where y > 2) select id, double from big",
    "id = a.id*; double = a.x; filter a.y",
  ],
  [
    "CTE that reads another one, with column names",
    "with one(k, v) as (select id, x from source.a), two as (select k, v + 1 as v from one) select * from two",
    "k = a.id*; v = a.x",
  ],
  [
    "join on",
    "select l.id, r.z, l.x + r.w as s from source.a l join source.b r on l.id = r.id",
    "id = a.id*; z = b.z*; s = a.x b.w; join a.id; join b.id",
  ],
  [
    "join using",
    "select id, x, z from source.a join source.b using (id)",
    "id = a.id*; x = a.x*; z = b.z*; join a.id; join b.id",
  ],
  [
    "left join using and star",
    "select * from source.a left join source.b using (id)",
    "id = a.id*; x = a.x*; y = a.y*; g = a.g*; t = a.t*; z = b.z*; w = b.w*; g_1 = b.g*; t_1 = b.t*; join a.id; join b.id",
  ],
  [
    "full join using",
    "select id, x, z from source.a full join source.b using (id)",
    "id = a.id b.id; x = a.x*; z = b.z*; join a.id; join b.id",
  ],
  [
    "right join using",
    "select id, x, z from source.a right join source.b using (id)",
    "id = b.id*; x = a.x*; z = b.z*; join a.id; join b.id",
  ],
  [
    "natural join",
    "select * from (select id, x from source.a) l natural join (select id, z from source.b) r",
    "id = a.id*; x = a.x*; z = b.z*; join a.id; join b.id",
  ],
  ["semi join", "select a.x from source.a semi join source.b on a.id = b.id", "x = a.x*; join a.id; join b.id"],
  ["star", "select * from source.b", "id = b.id*; z = b.z*; w = b.w*; g = b.g*; t = b.t*"],
  ["star exclude", "select * exclude (g, t) from source.a", "id = a.id*; x = a.x*; y = a.y*"],
  [
    "star replace",
    "select * replace (x + y as x) from source.a",
    "id = a.id*; x = a.x a.y; y = a.y*; g = a.g*; t = a.t*",
  ],
  ["star rename", "select * rename (x as ex) from source.a", "id = a.id*; ex = a.x*; y = a.y*; g = a.g*; t = a.t*"],
  [
    "qualified stars of two tables",
    "select l.*, r.z from source.a l, source.b r where l.id = r.id",
    "id = a.id*; x = a.x*; y = a.y*; g = a.g*; t = a.t*; z = b.z*; filter a.id; filter b.id",
  ],
  ["columns by pattern", "select columns('^(x|y)$') from source.a", "x = a.x*; y = a.y*"],
  [
    "group by with filter",
    "select g, sum(x) as total, count(*) filter (where y > 3) as n from source.a group by g",
    "g = a.g*; total = a.x; n = a.y; group a.g",
  ],
  [
    "group by all and having",
    "select g, max(x) as top from source.a group by all having min(y) < 5",
    "g = a.g*; top = a.x; filter a.y; group a.g",
  ],
  [
    "group by position and order with limit",
    "select g, sum(y) as s from source.a group by 1 order by 2 desc limit 2",
    "g = a.g*; s = a.y; filter a.y; group a.g",
  ],
  ["distinct", "select distinct g from source.a", "g = a.g*; distinct a.g"],
  [
    "distinct on",
    "select distinct on (g) g, x from source.a order by g, t desc",
    "g = a.g*; x = a.x*; distinct a.g; filter a.g; filter a.t",
  ],
  [
    "window",
    "select id, sum(x) over (partition by g order by t) as running from source.a",
    "id = a.id*; running = a.g a.t a.x",
  ],
  [
    "qualify",
    "select id, x from source.a qualify row_number() over (partition by g order by y desc, id) = 1",
    "id = a.id*; x = a.x*; filter a.g; filter a.id; filter a.y",
  ],
  [
    "union all",
    "select id, x as v from source.a union all select id, z from source.b",
    "id = a.id* b.id*; v = a.x* b.z*",
  ],
  ["union", "select g from source.a union select g from source.b", "g = a.g* b.g*; distinct a.g; distinct b.g"],
  [
    "union by name",
    "select id, x from source.a union all by name select id, w from source.b",
    "id = a.id* b.id*; x = a.x*; w = b.w*",
  ],
  [
    "except",
    "select g from source.a where x > 8 except select g from source.b",
    "g = a.g*; filter a.g; filter a.x; filter b.g",
  ],
  ["scalar subquery", "select id, (select max(z) from source.b) as top from source.a", "id = a.id*; top = b.z"],
  [
    "correlated subquery",
    "select id, (select sum(z) from source.b where b.g = a.g) as s from source.a",
    "id = a.id*; s = a.g b.g b.z",
  ],
  [
    "exists",
    "select id from source.a where exists (select 1 from source.b where b.id = a.id and b.z > 4)",
    "id = a.id*; filter a.id; filter b.id; filter b.z",
  ],
  [
    "in subquery",
    "select x from source.a where g in (select g from source.b where w > 9)",
    "x = a.x*; filter a.g; filter b.g; filter b.w",
  ],
  ["lateral join", "select l.id, r.v from source.a l, lateral (select l.x + 1 as v) r", "id = a.id*; v = a.x"],
  [
    "asof join",
    "select l.id, r.z from source.a l asof join source.b r on l.g = r.g and l.t >= r.t",
    "id = a.id*; z = b.z*; join a.g; join a.t; join b.g; join b.t",
  ],
  ["alias used further on", "select x + 1 as one, one * y as two from source.a", "one = a.x; two = a.x a.y"],
  ["from first", "from source.a select id, y where x > 2", "id = a.id*; y = a.y*; filter a.x"],
  ["from alone", "from source.a", "id = a.id*; x = a.x*; y = a.y*; g = a.g*; t = a.t*"],
  ["values", "select v.k, v.name from (values (1, 'a'), (2, 'b')) v(k, name)", "k =; name ="],
  [
    "values joined",
    "select a.x, v.name from source.a join (values ('a', 'first'), ('b', 'second')) v(g, name) using (g)",
    "x = a.x*; name =; join a.g",
  ],
  [
    "pivot",
    "from source.a pivot (sum(x) for g in ('a', 'b') group by y)",
    "y = a.y*; a = a.g a.x; b = a.g a.x; group a.y",
  ],
  [
    "pivot statement",
    "pivot (select id, g, x from source.a) on g in ('a', 'b', 'c') using max(x) as top group by id",
    "id = a.id*; a_top = a.g a.x; b_top = a.g a.x; c_top = a.g a.x; group a.id",
  ],
  [
    "unpivot",
    "unpivot (select id, x, y from source.a) on x, y into name kind value amount",
    "id = a.id*; kind =; amount = a.x* a.y*; filter a.x; filter a.y",
  ],
  [
    "case and cast",
    "select case when g = 'a' then x else y end as v, cast(t as bigint) as t from source.a",
    "v = a.g a.x a.y; t = a.t",
  ],
  ["struct fields", "select id, p.m as m, s.p.n + 1 as n from source.s s", "id = s.id*; m = s.p; n = s.p"],
  ["unnest", "select id, unnest(l) as e from source.s", "id = s.id*; e = s.l; filter s.l"],
  ["unnest in from", "select s.id, u.e from source.s s, unnest(s.l) u(e)", "id = s.id*; e = s.l; filter s.l"],
  ["lambda", "select list_transform(l, lambda e: e + id) as m from source.s", "m = s.id s.l"],
  ["row of a table", "select to_json(a) as whole from source.a", "whole = a.g a.id a.t a.x a.y"],
  [
    "recursive",
    "with recursive r as (select min(x) as n, 0 as step from source.a union all select n + 1, step + 1 from r where step < 3) select n, step from r",
    "n = a.x; step =",
  ],
  ["quoted names and case", 'select "X" as "Big X", A.Y from source.a', "Big X = a.x*; y = a.y*"],
  [
    "repeated names",
    "select a.id, b.id from source.a join source.b on a.id = b.id",
    "id = a.id*; id_1 = b.id*; join a.id; join b.id",
  ],
  ["positional join", "select a.x, b.z from source.a positional join source.b", "x = a.x*; z = b.z*"],
  ["order without limit", "select id from source.a order by x", "id = a.id*; order a.x"],
  [
    "aggregates with order and arg_max",
    "select g, arg_max(x, y) as best, string_agg(id, ',' order by t) as ids from source.a group by g",
    "g = a.g*; best = a.x a.y; ids = a.id a.t; group a.g",
  ],
];
