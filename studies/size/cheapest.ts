/**
 * The cheapest network where steps have a price: technologies and gateways.
 *
 *   technology a   gateways  1  2 [3] 4  5      every technology is tried; of gateways the fewest that pass,
 *   technology b   gateways  1 [2] x  x  x      and none that cost more than the best so far (x)
 */
import { firstThat } from '../search/bisect.js';
import { SERIES_SOURCE } from '../search/series.js';
import type { Finding, Outcome } from '../trial/findings.js';
import type { VariantSetting } from '../variants/variants.js';
import type { Ladder } from './ladders.js';
import type { Priced } from './price.js';
import { type Found, settingsOf, smallestNetwork, type Trials } from './search.js';

/** More combinations are not looked through one by one. */
export const MOST_COMBINATIONS = 200;
/** A link that the closed form has so far above what is allowed is overloaded in any simulation. */
const HOPELESS_SLACK = -0.5;

type PriceOf = (settings: readonly VariantSetting[]) => Priced;
/** Which steps of gateways fit to these technologies: how many endpoints one of theirs takes and reaches. */
export type FitsOf = (technologies: readonly VariantSetting[]) => (gateways: VariantSetting) => boolean;

/** A combination of what is listed, with the cheapest of its gateways. */
export interface Candidate {
  readonly name: string;
  /** No network of this combination that might pass costs less, by the closed form's loads. */
  readonly least: Priced;
  /** `too dear`: not simulated, or only below the cost of the best, where it does not pass. */
  readonly outcome: Outcome | 'too dear';
  /** The cheapest that passes, or the dearest that was tried; empty when none was. */
  readonly tried: string;
  /** Of the cheapest that passes. */
  readonly price: Priced | undefined;
}

export interface Cheapest {
  readonly best: Found;
  /** As `best` counts their steps: what is listed has the chosen step only. */
  readonly ladders: readonly Ladder[];
  readonly candidates: readonly Candidate[];
}

/** Positions of ladders by their part in the search. */
interface Parts {
  /** Whose every step is tried: technologies, which cost what they cost whatever their rate, and values of one's own. */
  readonly listed: readonly number[];
  /** The longest one of gateways, along which cost only rises: its least step that passes is searched. */
  readonly searched: number | undefined;
  /** Without a price: as large as they get while cost decides, then as small as they get. */
  readonly free: readonly number[];
}

function partsOf(ladders: readonly Ladder[], priced: readonly boolean[]): Parts {
  const indices = ladders.map((_, i) => i);
  const rising = indices.filter((i) => priced[i] && ladders[i]!.source === SERIES_SOURCE);
  const searched = rising.reduce<number | undefined>(
    (best, i) => (best === undefined || ladders[i]!.steps.length > ladders[best]!.steps.length ? i : best),
    undefined,
  );
  return {
    listed: indices.filter((i) => priced[i] && i !== searched),
    searched,
    free: indices.filter((i) => !priced[i]),
  };
}

/** How many combinations `cheapestNetwork` would look through. */
export function combinationsOf(ladders: readonly Ladder[], priced: readonly boolean[]): number {
  return partsOf(ladders, priced).listed.reduce((product, i) => product * ladders[i]!.steps.length, 1);
}

/**
 * The cheapest network that passes; of equally cheap ones the one with the earlier steps, in the order of the ladders. Every
 * combination of technologies and of values given is looked through, with the gateways as few as pass; from the one that
 * may cost least on, until what is left costs more, even with the fewest gateways that are not hopeless by the closed form's
 * loads, than the best that was found. Rates of pipes have no price: they are at their most until the rest is found, and
 * lowered then.
 */
export async function cheapestNetwork(
  ladders: readonly Ladder[],
  priced: readonly boolean[],
  trials: Trials,
  priceOf: PriceOf,
  fitsOf: FitsOf = () => () => true,
): Promise<Cheapest> {
  const parts = partsOf(ladders, priced);
  const open = combinations(parts.listed.map((i) => ladders[i]!.steps.length)).map((own, order) =>
    openCandidate(ladders, parts, own, order, trials, priceOf, fitsOf),
  );
  open.sort((a, b) => a.least.totalUsd - b.least.totalUsd || a.order - b.order);

  let best: { own: Open; found: Found; price: Priced } | undefined;
  let largest: { own: Open; found: Found } | undefined;
  const candidates: Candidate[] = [];
  for (const own of open) {
    const { name, least, order } = own;
    const mayCost = (usd: number) =>
      best === undefined || usd < best.price.totalUsd || (usd === best.price.totalUsd && order < best.own.order);
    const dear = firstThat(own.count, (step) => !mayCost(own.priceAt(step).totalUsd));
    if (dear <= own.leastStep) {
      candidates.push({ name, least, outcome: 'too dear', tried: '', price: undefined });
      continue;
    }
    const found = await smallestNetwork(cut(own.ladders, parts, dear), trials);
    largest ??= { own, found };
    if (found.steps === undefined) {
      const outcome = dear < own.count ? 'too dear' : found.tried.outcome;
      candidates.push({ name, least, outcome, tried: found.tried.name, price: undefined });
      continue;
    }
    const price = own.priceAt(parts.searched === undefined ? 0 : found.steps[parts.searched]!);
    candidates.push({ name, least, outcome: 'pass', tried: found.tried.name, price });
    best = { own, found, price };
  }
  if (best === undefined) return { best: largest!.found, ladders: largest!.own.ladders, candidates };
  return { ...(await lowered(ladders, parts, best, trials)), candidates };
}

/** A combination before it is simulated. */
interface Open {
  readonly name: string;
  /** By the steps of what is listed, the first ladder's counting most. */
  readonly order: number;
  /** With the listed and the free ladders at one step each. */
  readonly ladders: readonly Ladder[];
  /** Steps of the searched ladder; 1 where none is searched. */
  readonly count: number;
  readonly priceAt: (step: number) => Priced;
  /** The first that is not hopeless. */
  readonly leastStep: number;
  readonly least: Priced;
}

function openCandidate(
  ladders: readonly Ladder[],
  { listed, searched }: Parts,
  own: readonly number[],
  order: number,
  trials: Trials,
  priceOf: PriceOf,
  fitsOf: FitsOf,
): Open {
  const fits = fitsOf(listed.map((i, at) => ladders[i]!.steps[own[at]!]!));
  const fixed = ladders.map((ladder, i) => {
    const at = listed.indexOf(i);
    if (at >= 0) return { ...ladder, steps: [ladder.steps[own[at]!]!] };
    if (i !== searched) return { ...ladder, steps: ladder.steps.slice(-1) };
    const fitting = ladder.steps.filter(fits);
    return { ...ladder, steps: fitting.length > 0 ? fitting : ladder.steps.slice(-1) };
  });
  const count = searched === undefined ? 1 : fixed[searched]!.steps.length;
  const settings = (step: number) =>
    settingsOf(
      fixed.map((_, i) => (i === searched ? step : 0)),
      fixed,
    );
  const prices = new Map<number, Priced>();
  const priceAt = (step: number): Priced => {
    const price = prices.get(step) ?? priceOf(settings(step));
    prices.set(step, price);
    return price;
  };
  const leastStep = Math.min(
    count - 1,
    firstThat(count, (step) => !isHopeless(trials.closedForm(settings(step)).findings)),
  );
  const least = priceAt(leastStep);
  const name = listed.map((i, at) => `${ladders[i]!.key}=${ladders[i]!.steps[own[at]!]!.text}`).join(', ');
  return { name: name || ladders[searched!]!.key, order, ladders: fixed, count, priceAt, leastStep, least };
}

function isHopeless(findings: readonly Finding[]): boolean {
  return findings.some(({ kind, slack }) => kind === 'headroom' && slack < HOPELESS_SLACK);
}

/** Without the steps that are too dear. */
function cut(ladders: readonly Ladder[], { searched }: Parts, dear: number): Ladder[] {
  return ladders.map((ladder, i) => (i === searched ? { ...ladder, steps: ladder.steps.slice(0, dear) } : ladder));
}

/** The free ladders as small as they get, with what costs something as it was found. */
async function lowered(
  ladders: readonly Ladder[],
  { searched, free }: Parts,
  { own, found }: { readonly own: Open; readonly found: Found },
  trials: Trials,
): Promise<Pick<Cheapest, 'best' | 'ladders'>> {
  if (free.length === 0) return { best: found, ladders: own.ladders };
  const chosen = own.ladders.map((ladder, i) => (free.includes(i) ? ladders[i]! : ladder));
  if (searched === undefined) return { best: await smallestNetwork(chosen, trials), ladders: chosen };
  const step = found.steps![searched]!;
  const fixed = chosen.with(searched, { ...chosen[searched]!, steps: [chosen[searched]!.steps[step]!] });
  const rest = await smallestNetwork(fixed, trials);
  // At their most the free ladders pass, so that something is found.
  const steps = rest.steps!.with(searched, step);
  const less = step === 0 ? undefined : await trials.simulated(settingsOf(steps.with(searched, step - 1), chosen));
  const best: Found = {
    steps,
    tried: rest.tried,
    brackets: rest.brackets.with(searched, found.brackets[searched]!),
    less: rest.less.with(searched, less),
    guess: rest.guess?.with(searched, found.guess?.[searched] ?? step),
  };
  return { best, ladders: chosen };
}

/** Of so many steps each, the last one changing fastest. */
function combinations(counts: readonly number[]): number[][] {
  let all: number[][] = [[]];
  for (const count of counts) all = all.flatMap((own) => Array.from({ length: count }, (_, step) => [...own, step]));
  return all;
}
