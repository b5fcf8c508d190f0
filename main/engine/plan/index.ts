// Planning: from files and state to a list of steps with reasons. Nothing here runs or writes anything.
export { planNodes, toPlan, type PlannedNode } from "./build-plan.ts";
export { decideNode, type Decision, type PlannedTarget } from "./decide.ts";
export { duckdbVersion } from "./engine-version.ts";
export { observeNode, type Observation, type Observer } from "./observe.ts";
export { reason } from "./reasons.ts";
