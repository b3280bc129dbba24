/** What differs between two profiles: which payload leaves which link for which other. */
import { compile } from '../../pipeline.js';
import { readScenarioText, type ScenarioSource } from '../../scenarios/load.js';
import { type PayloadOnLink, payloadsOnLinks } from '../../sim/payloads-on-links.js';
import { volumetrics } from '../../sim/volumetrics.js';
import { decodeProfile } from '../../topologies/index.js';
import { scenarioUnder } from './profiles.js';

/** A payload on a link, under two profiles. */
export interface PayloadMove extends Omit<PayloadOnLink, 'messagesPerDay' | 'bytesPerDay'> {
  /** Bytes per day under each; 0: it does not go there. */
  readonly fromBytesPerDay: number;
  readonly toBytesPerDay: number;
}

/** Relative difference below which the same bytes go. */
const SAME = 1e-9;

/**
 * Which payload goes over which link under each of some profiles, and how many bytes a day. Each is compiled by the
 * ordinary door, 0.1 s for a city: for a few profiles.
 * @throws InputError as `closedFormOfProfiles`
 */
export function payloadsOfProfiles(
  source: ScenarioSource,
  codes: readonly string[],
): Map<string, readonly PayloadOnLink[]> {
  const text = readScenarioText(source);
  return new Map(
    codes.map((code) => {
      const plan = compile(scenarioUnder(text, decodeProfile(code).code));
      return [code, payloadsOnLinks(plan, volumetrics(plan))];
    }),
  );
}

/** What changes from one profile to another, the largest difference in bytes first. */
export function payloadMoves(from: readonly PayloadOnLink[], to: readonly PayloadOnLink[]): PayloadMove[] {
  const moves = new Map<string, { -readonly [K in keyof PayloadMove]: PayloadMove[K] }>();
  const add = (rows: readonly PayloadOnLink[], side: 'fromBytesPerDay' | 'toBytesPerDay') => {
    for (const { messagesPerDay: _, bytesPerDay, ...where } of rows) {
      const key = `${where.useCase}\n${where.payload}\n${where.link}`;
      const move = moves.get(key) ?? { ...where, fromBytesPerDay: 0, toBytesPerDay: 0 };
      move[side] += bytesPerDay;
      moves.set(key, move);
    }
  };
  add(from, 'fromBytesPerDay');
  add(to, 'toBytesPerDay');
  const difference = (move: PayloadMove) => Math.abs(move.toBytesPerDay - move.fromBytesPerDay);
  return [...moves.values()]
    .filter((move) => difference(move) > SAME * Math.max(move.fromBytesPerDay, move.toBytesPerDay))
    .sort((a, b) => difference(b) - difference(a));
}
