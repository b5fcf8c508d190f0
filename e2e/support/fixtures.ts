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
  const builder = new AxeBuilder({ page });
  const { violations } = await (part === undefined ? builder : builder.include(part)).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary}`),
  );
};

export { expect };
