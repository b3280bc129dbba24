import type { Backhaul } from '../types.js';
import { DAP } from './areas.js';
import type { CompileContext } from './context.js';
import type { Leg } from './legs.js';
import { apportion } from './spread.js';

const ORDER: readonly Backhaul[] = ['W', 'IW', 'IIW'];

/** The backhauls of the DAPs with their instances; the profile's own where the scenario gives no shares. */
export function backhaulVariants({
  scenario,
  areas,
}: CompileContext): { readonly backhaul: Backhaul | undefined; readonly clip: Leg['clip'] }[] {
  const used = ORDER.filter((backhaul) => (scenario.backhaulShares[backhaul] ?? 0) > 0);
  if (used.length <= 1) return [{ backhaul: used[0], clip: undefined }];
  const counts = apportion(
    areas.instances[DAP]!,
    used.map((backhaul) => scenario.backhaulShares[backhaul]!),
  );
  let first = 0;
  return used.flatMap((backhaul, i) => {
    const clip = { first, count: counts[i]! };
    first += counts[i]!;
    return clip.count === 0 ? [] : [{ backhaul, clip }];
  });
}

/** A flow whose route is the same over every backhaul is one leg over all instances. */
export function mergeBackhauls(perVariant: readonly (readonly Leg[])[]): Leg[] {
  const alike = new Map<string, Leg[]>();
  for (const leg of perVariant.flat()) {
    const key = `${leg.devices}|${leg.option}|${leg.ways.map((way) => way.route.expression).join(';')}`;
    alike.set(key, [...(alike.get(key) ?? []), leg]);
  }
  return [...alike.values()].flatMap((legs) =>
    legs.length === perVariant.length ? [{ ...legs[0]!, clip: undefined, backhaul: '' as const }] : legs,
  );
}
