/** The most endpoints of one gateway with which nothing fails. */
import type { Plan } from '../../sim/plan.js';
import { belowFailures } from '../search/below-failures.js';
import { firstThat } from '../search/bisect.js';
import { bracket, type Outcome } from '../search/bracket.js';
import { NetworkTrials, type Tried } from '../size/network-trials.js';
import { bindingOf, type Finding } from '../trial/findings.js';
import type { LoadCase } from '../trial/load-cases.js';
import { withRareEvents } from '../trial/rare-events.js';
import type { VariantSetting } from '../variants/variants.js';
import type { CheckOptions } from './check.js';
import type { Subject } from './subject.js';

export interface Largest {
  /** 0: even the fewest fail. */
  readonly endpoints: number;
  /** What a close look says of them; undecided is no pass. */
  readonly outcome: Outcome;
  /** Nothing larger was tried: the technology, or the design, ends here. */
  readonly isMost: boolean;
  /** What fails with the next larger number, and how many those are. */
  readonly next: number;
  readonly nextOutcome: Outcome | '';
  readonly binding: Finding | undefined;
  readonly violations: string;
}

/** What was seen of a number of endpoints. */
type Look = Pick<Tried, 'outcome' | 'binding'>;

/** A link that the closed form has so far above what is allowed is overloaded in any simulation. */
const HOPELESS_SLACK = -0.5;
/** A first look; two give an interval, which is wide, so that only what is clear fails. */
const GLANCE = 2;

/**
 * Two looks at a number of endpoints: a glance of two replications, which shows a clear failure, and a close one of up
 * to `searchReplications`. The fewest are looked at first where the number asked for fails: what fails with them fails
 * with any. Then glances bracket, and close looks bracket around what they found, by strides that grow:
 *
 *   endpoints   1 ...  82   91  100  110  120  130  150  160  180  200
 *   glance                           ok             ok   ok  fail fail
 *   close look         ok   ok  fail fail      fail      fail           found: 91; fails with 100
 *
 * Simulations of many endpoints cost most: what the closed form finds overloaded by half is not simulated, and where it
 * does not hold the search comes from below, from the number asked for by growing strides.
 * @param steps       the most endpoints first
 * @param askedLook   at the number asked for
 * @throws StudyInterrupted
 */
export async function largestOf(
  steps: readonly number[],
  settingsOf: (endpoints: number) => VariantSetting[],
  { source, network, endpoints: asked }: Subject,
  loadCase: LoadCase,
  askedLook: Look,
  options: CheckOptions,
): Promise<Largest> {
  const trials = (least: number, most: number) =>
    new NetworkTrials({
      source,
      name: source.file,
      cases: [loadCase],
      adapt: options.adapt,
      adaptPlan: (plan: Plan) => withRareEvents(plan, network),
      options: {
        simulate: options.simulate,
        allowed: 1 - options.headroom,
        replications: Math.min(least, most),
        mostReplications: most,
      },
    });
  const glances = trials(GLANCE, GLANCE);
  const closer = trials(options.replications, options.searchReplications);
  const at = (step: number) => settingsOf(steps[step]!);
  const seen = new Map<number, Look>();
  const look = async (step: number, by: NetworkTrials): Promise<Look> => {
    const overloaded = glances
      .closedForm(at(step))
      .findings.filter(({ kind, slack }) => kind === 'headroom' && slack < HOPELESS_SLACK);
    const tried: Look =
      overloaded.length > 0 ? { outcome: 'fail', binding: bindingOf(overloaded) } : await by.simulated(at(step));
    options.say?.(`${tried.outcome.padEnd(9)} ${steps[step]} endpoints${by === glances ? ', at a glance' : ''}`);
    return tried;
  };
  // Rare payloads leave much undecided whatever the number is; where failure begins says more of the network.
  const glance = async (step: number): Promise<Outcome> =>
    (await look(step, glances)).outcome === 'fail' ? 'fail' : 'pass';
  const fails = async (step: number): Promise<boolean> => {
    const tried = seen.get(step) ?? (await look(step, closer));
    seen.set(step, tried);
    return tried.outcome === 'fail';
  };
  const fewest = steps.length - 1;
  const own = steps.findIndex((count) => count <= asked);
  const hasFailed = askedLook.outcome === 'fail';
  if (hasFailed && steps[own] === asked) seen.set(own, askedLook);
  if (hasFailed && (await fails(fewest))) return noneHolds(steps, seen.get(fewest)!);

  // The number asked for bounds the answer as any other that fails, whatever larger ones do.
  const first = !hasFailed || own < 0 ? 0 : steps[own] === asked ? own + 1 : own;
  const guess = firstThat(steps.length, (step) => glances.closedForm(at(step)).outcome !== 'fail');
  // Where the closed form holds it is near; elsewhere the search climbs from the number asked for.
  const isNear = glances.closedForm(at(Math.min(guess, fewest))).doubtful === 0;
  const from = own < 0 || isNear ? guess : Math.max(guess, own);
  const near = await bracket(
    steps.length,
    Math.max(from, first),
    async (step) => (step < first ? 'fail' : glance(step)),
    0,
  );
  const { found } = await belowFailures(
    steps.length,
    near.found < 0 ? fewest : near.found,
    fails,
    near.found === 0 ? 0 : 1,
    first,
  );
  if (found < 0) return noneHolds(steps, seen.get(fewest)!);
  const isBelowAsked = first > 0 && found === first;
  const next = isBelowAsked ? askedLook : found === 0 ? undefined : seen.get(found - 1);
  return {
    endpoints: steps[found]!,
    outcome: seen.get(found)!.outcome,
    isMost: found === 0,
    next: isBelowAsked ? asked : (steps[found - 1] ?? Number.NaN),
    nextOutcome: next?.outcome ?? '',
    binding: next?.binding,
    violations: violationsText(steps, seen),
  };
}

/** Numbers that fail although a larger one does not. */
function violationsText(steps: readonly number[], seen: ReadonlyMap<number, Look>): string {
  const all = [...seen].sort(([a], [b]) => b - a);
  return all
    .filter(([, { outcome }]) => outcome === 'fail')
    .flatMap(([step]) => {
      const better = all.filter(([other, { outcome }]) => other < step && outcome !== 'fail');
      const numbers = better.map(([other]) => steps[other]!).join(', ');
      return better.length === 0 ? [] : [`${steps[step]!} fail, ${numbers} do not`];
    })
    .join('; ');
}

function noneHolds(steps: readonly number[], { outcome, binding }: Look): Largest {
  return {
    endpoints: 0,
    outcome: 'fail',
    isMost: false,
    next: steps.at(-1)!,
    nextOutcome: outcome,
    binding,
    violations: '',
  };
}
