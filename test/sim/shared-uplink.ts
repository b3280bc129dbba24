/** Areas behind one link, where what their messages meet depends on all of them. */
import type { LinkLiteral, PlanLiteral } from './plan-builder.js';

export const DAPS = 12;

/**
 * Reads of 240 meters in 12 areas over one uplink: periodic with load `load` on the uplink, all meters in the same
 * instants or not; on-demand reads from the centre that are answered at once.
 */
export function sharedUplink(
  load: number,
  phase: 'random' | 'synchronised',
  links: Readonly<Record<string, LinkLiteral>> = {},
): PlanLiteral {
  const periodS = 600;
  const bitsPerS = (DAPS * 20 * 8 * 1000) / periodS;
  return {
    horizonS: 4 * 3600,
    kinds: { dap: DAPS },
    links: {
      'NAN up': { kind: 'dap', rateBps: 50_000, delayS: 0.005 },
      'NAN down': { kind: 'dap', rateBps: 50_000, delayS: 0.005 },
      'WAN up': { rateBps: bitsPerS / load, delayS: 0.02 },
      'WAN down': { rateBps: 10_000, delayS: 0.02 },
      ...links,
    },
    sources: [
      {
        name: 'reads',
        kind: 'dap',
        process: 'periodic',
        phase,
        devices: 20,
        periodS,
        sizeB: 1000,
        path: ['NAN up', 'WAN up'],
      },
      { name: 'commands', kind: 'dap', devices: 20, periodS: 3600, sizeB: 25, path: ['WAN down', 'NAN down'] },
      { name: 'answers', kind: 'dap', process: 'caused', sizeB: 100, path: ['NAN up', 'WAN up'] },
    ],
    causes: [{ trigger: 'commands', source: 'answers' }],
  };
}
