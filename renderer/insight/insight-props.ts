/** What a kind's view is given; `version` changes when there may be something new. */
export interface InsightProps {
  readonly node: string;
  readonly version: string;
}
