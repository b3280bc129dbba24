/** Networks by direction, the rows of hourly results. */
import { Direction, type Plan } from './plan.js';

export interface NetworkDirection {
  readonly network: string;
  /** A value of `Direction`. */
  readonly direction: number;
  /** Link templates. */
  readonly links: readonly number[];
}

const NAMES = Object.entries(Direction);

/** `down`, `up` or `across`. */
export function directionName(direction: number): string {
  return NAMES.find(([, value]) => value === direction)![0];
}

/** Networks in the order of their first link, each with its directions down, up, across. O(links x networks). */
export function networkDirections(plan: Plan): NetworkDirection[] {
  const { network, direction } = plan.links;
  const links = Array.from(network.keys());
  return [...new Set(network)].flatMap((name) =>
    NAMES.map(([, value]) => ({
      network: name,
      direction: value,
      links: links.filter((link) => network[link] === name && direction[link] === value),
    })).filter((group) => group.links.length > 0),
  );
}
