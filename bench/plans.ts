/** Plans of the benchmarks, made by hand so that they do not move with catalogue or compiler. */
import type { Plan } from '../sim/plan.js';
import { buildPlan, type HopLiteral, type LinkLiteral } from '../test/sim/plan-builder.js';

const DAY_S = 86_400;

/** One FIFO link with Poisson arrivals of exponential size: M/M/1, service 1 ms on average, at the given load. */
export function exponentialQueue(load: number, arrivals: number): Plan {
  const perS = 1000 * load;
  return buildPlan({
    name: 'one queue',
    horizonS: arrivals / perS,
    links: { 'LINK up': { rateBps: 1e6 } },
    sources: [{ name: 'arrivals', periodS: 1 / perS, sizeB: 125, sizeLaw: 'exponential', path: ['LINK up'] }],
  });
}

/**
 * A day of meter reading: areas of 1,000 meters; residential (90%) 6 reads a day of 2,400 B, commercial 24 of 1,600 B,
 * 25 on-demand reads per 1,000 meters and day, 25 B down and 100 B up; NAN 100 kbit/s and 5 ms, WAN 1 Mbit/s and 20 ms
 * per area and direction, 60 B of overhead per message and hop.
 */
export function amiDay(areas: number, days = 1): Plan {
  return meterReading('AMI day', areas, days, ['NAN up', 'WAN up'], {});
}

/** As `amiDay`, but what leaves the areas goes over one uplink, 2 kbit/s for each of them, at load 0.8. */
export function amiBehindOneUplink(areas: number, days = 1): Plan {
  const core: LinkLiteral = { rateBps: 2_000 * areas, delayS: 0.002 };
  return meterReading('AMI day behind one uplink', areas, days, ['NAN up', 'WAN up', 'core up'], { 'core up': core });
}

function meterReading(
  name: string,
  areas: number,
  days: number,
  up: readonly string[],
  links: Readonly<Record<string, LinkLiteral>>,
): Plan {
  const over = (path: readonly string[], flow: string): HopLiteral[] =>
    path.map((link, i) => ({ link, overheadB: 60, ...(i === path.length - 1 ? { deliver: flow } : {}) }));
  const source = { kind: 'dap' } as const;
  return buildPlan({
    name,
    horizonS: days * DAY_S,
    kinds: { dap: areas },
    links: {
      'NAN up': { kind: 'dap', rateBps: 100_000, delayS: 0.005 },
      'NAN down': { kind: 'dap', rateBps: 100_000, delayS: 0.005 },
      'WAN up': { kind: 'dap', rateBps: 1_000_000, delayS: 0.02 },
      'WAN down': { kind: 'dap', rateBps: 1_000_000, delayS: 0.02 },
      ...links,
    },
    sources: [
      { ...source, name: 'residential', devices: 900, periodS: DAY_S / 6, sizeB: 2400, path: over(up, 'reads') },
      { ...source, name: 'commercial', devices: 100, periodS: DAY_S / 24, sizeB: 1600, path: over(up, 'reads') },
      {
        ...source,
        name: 'commands',
        devices: 1000,
        periodS: (DAY_S * 1000) / 25,
        sizeB: 25,
        path: over(['WAN down', 'NAN down'], 'commands'),
      },
      { ...source, name: 'answers', devices: 1000, process: 'caused', sizeB: 100, path: over(up, 'answers') },
    ],
    causes: [{ trigger: 'commands', source: 'answers' }],
  });
}
