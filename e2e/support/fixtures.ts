import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test as base } from "@playwright/test";

import { StudioPage } from "../pages/studio-page.ts";
import { exampleProject, startStudio, type StudioHost, type TestProject } from "./studio-host.ts";

interface Options {
  /** The example that the test's project is a copy of. */
  readonly example: string;
}

interface Fixtures {
  readonly project: TestProject;
  readonly host: StudioHost;
  /** The window, opened on the project. */
  readonly studio: StudioPage;
  /** What the page complained of; a test ends with none. */
  readonly complaints: string[];
}

/** A test with a project, a studio and a window of its own. */
export const test = base.extend<Options & Fixtures>({
  example: ["shop", { option: true }],
  async project({ example }, use) {
    await using project = await exampleProject(example);
    await use(project);
  },
  async host({ project }, use) {
    await using host = await startStudio(project.root);
    await use(host);
  },
  async complaints({ page }, use) {
    const complaints = listen(page);
    await use(complaints);
    expect(complaints, "what the page complained of").toEqual([]);
  },
  async studio({ page, host, complaints }, use) {
    void complaints;
    const studio = new StudioPage(page);
    await studio.open(host.url);
    await use(studio);
  },
});

/** Errors and warnings of the console, uncaught errors, and anything asked of another origin. */
const listen = (page: Page): string[] => {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    const { hostname } = new URL(request.url());
    if (hostname !== "127.0.0.1" && hostname !== "") complaints.push(`asked ${hostname} for something`);
  });
  return complaints;
};

/** What axe finds wrong with the page as it is now, or with a part of it, a line each. */
export const accessibilityProblems = async (page: Page, part?: string): Promise<readonly string[]> => {
  // There are no frames of other origins, for which it would open a page of its own each time.
  const builder = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (part === undefined ? builder : builder.include(part)).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary}`),
  );
};

/** Light and dark, each with as much contrast as the desktop can ask for. */
export const looks = [
  { name: "light", colorScheme: "light", contrast: "no-preference" },
  { name: "dark", colorScheme: "dark", contrast: "no-preference" },
  { name: "light-high-contrast", colorScheme: "light", contrast: "more" },
  { name: "dark-high-contrast", colorScheme: "dark", contrast: "more" },
] as const;

/** The same in every look: all rules in the light one, and of the others what colours change. Ends in the light one. */
export const problemsInEveryLook = async (page: Page, part: string): Promise<readonly string[]> => {
  await page.emulateMedia({ ...looks[0], reducedMotion: "reduce" });
  const problems = (await accessibilityProblems(page, part)).map((problem) => `light: ${problem}`);
  for (const { name, ...media } of looks.slice(1)) {
    await page.emulateMedia({ ...media, reducedMotion: "reduce" });
    const violations = await page.evaluate(runContrast, part);
    for (const { nodes } of violations) {
      problems.push(...nodes.map(({ target, failureSummary }) => `${name}: ${target.join(" ")}: ${failureSummary}`));
    }
  }
  await page.emulateMedia(looks[0]);
  return problems;
};

type AxeResults = Awaited<ReturnType<AxeBuilder["analyze"]>>;
interface Axe {
  run(part: string, options: { readonly runOnly: readonly string[] }): Promise<Pick<AxeResults, "violations">>;
}

/** In the page, where the first look has left axe. */
const runContrast = async (part: string): Promise<AxeResults["violations"]> => {
  const { axe } = window as unknown as { readonly axe: Axe };
  return (await axe.run(part, { runOnly: ["color-contrast"] })).violations;
};

export { expect };
