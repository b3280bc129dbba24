import type { FlowResult } from '../../sim/results.js';

/** The payload, and to whom it goes, or between whom, where the payload alone would come twice. */
export function flowNames(flows: readonly FlowResult[]): string[] {
  const wordings: ((flow: FlowResult) => string)[] = [
    (flow) => flow.payload,
    (flow) => `${flow.payload} → ${flow.to}`,
    (flow) => `${flow.payload}, ${flow.from} → ${flow.to}`,
  ];
  return flows.map((flow) => {
    const unique = wordings.find((wording) => flows.filter((other) => wording(other) === wording(flow)).length === 1);
    return (unique ?? wordings.at(-1)!)(flow);
  });
}
