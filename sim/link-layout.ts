/** Where instances of link and server templates stand in columns over instances. */
import type { Plan } from './plan.js';

/** Instance i of template t stands at `start[t] + i`; the last element is the number of instances of all. O(templates). */
function layout(plan: Plan, kinds: Uint8Array): Uint32Array {
  const start = new Uint32Array(kinds.length + 1);
  for (let t = 0; t < kinds.length; t++) start[t + 1] = start[t] + plan.areas.instances[kinds[t]];
  return start;
}

export const linkLayout = (plan: Plan): Uint32Array => layout(plan, plan.links.kind);

export const serverLayout = (plan: Plan): Uint32Array => layout(plan, plan.servers.kind);
