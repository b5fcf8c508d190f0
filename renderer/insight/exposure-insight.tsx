import type { ReactElement } from "react";
import { z } from "zod";

import { host } from "../api.ts";
import { useAsync } from "../panels/use-async.ts";
import { insightText } from "../text/insight-text.ts";
import { exactCount } from "../ui/numbers.ts";
import { EmptyState, FailedState, LoadingState } from "../ui/state-view.tsx";
import { findingsIn } from "./rule-insight.tsx";
import type { InsightProps } from "./insight-props.ts";

const words = insightText.exposure;

const deliveredSchema = z.object({ path: z.string(), format: z.string(), bytes: z.number(), written: z.boolean() });
const urlSchema = z.object({ url: z.string(), state: z.string(), detail: z.string().nullable().optional() });

/** An exposure's contract beside what its table was, the file it delivered and its address. */
export const ExposureInsight = ({ node, version }: InsightProps): ReactElement => {
  const results = useAsync(`${node} ${version}`, (signal) => host().call("node.results", { node, limit: 1 }, signal));
  if (results.status === "failed") return <FailedState error={results.error} />;
  if (results.value === null) return <LoadingState label={insightText.loading} />;
  const [last] = results.value;
  if (last === undefined) return <EmptyState icon="exposure" title={insightText.never} next={insightText.neverNext} />;
  const findings = findingsIn(last, "contract");
  const delivered = deliveredSchema.safeParse(last.metadata["delivered"]);
  const url = urlSchema.safeParse(last.metadata["url"]);
  return (
    <>
      <section>
        <h2>{words.contract}</h2>
        {findings.length === 0 ? (
          <p>
            {words.noContract}. {words.noContractNext}
          </p>
        ) : (
          <table className="insight-table">
            <thead>
              <tr>
                <th scope="col">{words.promised}</th>
                <th scope="col">{words.actual}</th>
              </tr>
            </thead>
            <tbody>
              {findings.map(({ id, status, message, violations }) => (
                <tr key={id}>
                  <td>{id}</td>
                  <td className={`insight-status-${status}`}>
                    {status === "pass" ? words.met : words.violated(exactCount(violations))}: {message}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      {delivered.success ? (
        <section>
          <h2>{words.delivered}</h2>
          <p>
            {(delivered.data.written ? words.written : words.kept)(
              delivered.data.path,
              bytesText(delivered.data.bytes),
            )}
          </p>
        </section>
      ) : null}
      {url.success ? (
        <section>
          <h2>{words.url}</h2>
          <p>
            {url.data.url}: {url.data.state} {url.data.detail ?? ""}
          </p>
        </section>
      ) : null}
    </>
  );
};

const bytesText = (bytes: number): string =>
  bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
