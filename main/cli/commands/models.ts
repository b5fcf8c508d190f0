import { relative } from "node:path";

import { ProjectError } from "../../../shared/errors/index.ts";
import { suggestion } from "../../../shared/graph/index.ts";
import { modelsRoom } from "../../engine/index.ts";
import { openEngine } from "../open-project.ts";
import { type PageOptions, printPage } from "../print-page.ts";
import type { Execute, ProjectOptions } from "../session.ts";
import { printLines } from "../terminal.ts";

const columns = ["model", "version", "name", "promoted", "trained", "algorithm", "metric", "value", "baseline", "why"];

const figure = (value: number | null | undefined): string | null =>
  value === null || value === undefined ? null : String(Number(value.toPrecision(4)));

/** `headrace models list [MODEL]`. */
export const listVersions: Execute<PageOptions> = async (session, options, [wanted]) => {
  await using engine = await openEngine(session, options);
  const { listModels } = await modelsRoom();
  const all = listModels(await engine.project());
  const chosen = all.filter(({ node }) => wanted === undefined || node === wanted || node === `model.${wanted}`);
  if (wanted !== undefined && chosen.length === 0) {
    const hint = suggestion(
      wanted,
      all.map(({ node }) => (wanted.includes(".") ? node : node.slice("model.".length))),
    );
    throw new ProjectError("model_not_found", { params: { model: wanted, suggestion: hint } });
  }
  const rows = chosen.flatMap(({ node, promoted, promoted_by_hand: byHand, versions }) =>
    versions.map((version) => [
      node,
      version.version,
      version.label,
      version.version === promoted ? "yes" : "no",
      version.trained_at,
      version.algorithm,
      version.main_metric,
      figure(version.scores["model.test"]?.[version.main_metric]),
      figure(version.scores["baseline.test"]?.[version.main_metric]),
      version.version === promoted && byHand ? `by hand; ${version.reason}` : version.reason,
    ]),
  );
  const page = {
    columns: columns.map((name) => ({ name, type: "VARCHAR" })),
    rows: rows.slice(options.offset, options.offset + options.limit),
    totalRows: rows.length,
  };
  printPage(session.terminal, page, options);
  return 0;
};

/** `headrace models show MODEL [VERSION]`. */
export const showVersion: Execute<ProjectOptions> = async (session, options, [model = "", version]) => {
  await using engine = await openEngine(session, options);
  const project = await engine.project();
  const { showModel } = await modelsRoom();
  const { card, folder, isPromoted, byHand, report, version: found } = showModel(project, model, version ?? null);
  const { terminal } = session;
  const place = relative(project.root, folder);
  if (options.json === true) {
    terminal.write(`${JSON.stringify({ ...found, is_promoted: isPromoted, folder: place, report })}\n`);
    return 0;
  }
  const state = isPromoted ? (byHand ? "promoted by hand" : "promoted") : "not promoted";
  printLines(terminal, [
    ...card.trimEnd().split("\n"),
    "",
    terminal.style.quiet(`${place}; ${state}: ${found.reason}`),
  ]);
  return 0;
};

/** `headrace models promote MODEL VERSION`. */
export const promote: Execute<ProjectOptions> = async (session, options, [model = "", version = ""]) => {
  await using engine = await openEngine(session, options);
  const { promoteModel } = await modelsRoom();
  const found = await promoteModel(await engine.project(), model, version);
  printLines(session.terminal, [`${found.version} is promoted: predictions use it from their next run on.`]);
  return 0;
};
