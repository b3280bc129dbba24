/** Repetition by the application: timelines by hand, late originals, answers, and what loss leaves of it. */
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Plan } from '../../sim/plan.js';
import { simulateReplication } from '../../sim/simulate.js';
import { assertBalance } from './balance.js';
import { fingerprint } from './fingerprint.js';
import { buildPlan, type PlanLiteral, type SourceLiteral } from './plan-builder.js';

const near = (actual: number | undefined, expected: number) =>
  assert.ok(Math.abs(actual! - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `${actual}, not ${expected}`);

const run = (literal: Partial<PlanLiteral>) => {
  const plan = buildPlan({ horizonS: 600, links: {}, sources: [], ...literal });
  const stats = simulateReplication(plan, 1);
  assertBalance(plan, stats);
  assert.is(fingerprint(simulateReplication(plan, 1, { partition: 'single' })), fingerprint(stats));
  const named = (column: Float64Array) => Object.fromEntries(plan.flows.name.map((name, f) => [name, column[f]!]));
  const { flows } = stats;
  return {
    plan,
    ...stats,
    sent: named(flows.sent),
    resent: named(flows.resent),
    delivered: named(flows.delivered),
    duplicates: named(flows.duplicates),
    lost: named(flows.lost),
    latencySumS: named(flows.latencySumS),
  };
};

/** 1000 bit/s: 125 B take a second. Nobody waits: who finds the link busy is dropped. */
const narrow = { 'LINK up': { rateBps: 1000, bufferB: 0 } };
const at10 = (more: Partial<SourceLiteral> = {}): SourceLiteral => ({
  name: 'a',
  bursts: [10],
  sizeB: 125,
  retryS: 5,
  retries: 2,
  path: ['LINK up'],
  ...more,
});
/** Has the link from 9.5 s to 19.5 s. */
const image: SourceLiteral = { name: 'image', bursts: [9.5], sizeB: 1250, path: ['LINK up'] };

const repetition = suite('a repetition');

repetition('is sent when the time is over, and its latency counts from the first sending', () => {
  const { sent, resent, delivered, lost, latencySumS, links } = run({ links: narrow, sources: [at10(), image] });
  assert.equal([sent['a'], resent['a'], delivered['a'], lost['a']], [1, 2, 1, 0]);
  near(latencySumS['a'], 20 + 1 - 10);
  assert.equal([links.messages[0], links.droppedMessages[0]], [4, 2]);
});

repetition('does not come when all are used up: then the message is lost', () => {
  const { sent, resent, delivered, lost } = run({ links: narrow, sources: [at10({ retries: 1 }), image] });
  assert.equal([sent['a'], resent['a'], delivered['a'], lost['a']], [1, 1, 0, 1]);
});

repetition('is in flight, not lost, while one may still be sent', () => {
  const { lost, flows } = run({ links: narrow, sources: [at10(), image], horizonS: 17 });
  assert.is(lost['a'], 0);
  assert.is(flows.inFlightEnd[0], 1);
});

repetition('does not come after a delivery in time', () => {
  const { resent, links } = run({ links: narrow, sources: [at10()] });
  assert.equal([resent['a'], links.messages[0]], [0, 1]);
});

repetition('does not come when the delivery is in the very instant', () => {
  const { resent } = run({ links: { 'LINK up': { delayS: 5 } }, sources: [at10()] });
  assert.is(resent['a'], 0);
});

repetition('of a message that is late is a duplicate: both load the link', () => {
  const { resent, delivered, duplicates, latencySumS, links } = run({
    links: { 'LINK up': { rateBps: 1000, delayS: 7 } },
    sources: [at10()],
  });
  assert.equal([resent['a'], delivered['a'], duplicates['a']], [1, 1, 1]);
  near(latencySumS['a'], 8);
  assert.is(links.bytes[0], 250);
});

repetition('passes the hops and branches of its tree; each delivery counts once', () => {
  const path = {
    link: 'LINK up',
    deliver: 'near',
    next: [{ link: 'FAR up', deliver: 'far' }, { link: 'LOST up' }],
  };
  const { sent, resent, delivered, duplicates, lost } = run({
    links: { ...narrow, 'FAR up': { delayS: 7 }, 'LOST up': {} },
    sources: [at10({ path })],
  });
  assert.equal(sent, { near: 1, far: 1 });
  assert.equal(resent, { near: 1, far: 1 });
  assert.equal(delivered, { near: 1, far: 1 });
  assert.equal(duplicates, { near: 1, far: 1 });
  assert.equal(lost, { near: 0, far: 0 });
});

repetition('cannot be had of a message to many', () => {
  const path = [{ link: 'LINK up', fan: 'everyInstance' as const }];
  const plan = buildPlan({ kinds: { dap: 2 }, links: { 'LINK up': { kind: 'dap' } }, sources: [at10({ path })] });
  assert.throws(() => simulateReplication(plan, 1), /a repeats or asks, and its messages have many receivers/);
});

repetition.run();

const answers = suite('an answer');
const command = at10({ name: 'command', path: ['LINK down'] });
const answer: SourceLiteral = { name: 'answer', process: 'caused', sizeB: 125, path: ['LINK up'] };
const causes = [{ trigger: 'command', source: 'answer' }];
const down = { 'LINK down': { delayS: 1 } };

answers('that is lost is asked for again: the command is a duplicate, the answer is not', () => {
  const { sent, resent, delivered, duplicates, lost, latencySumS } = run({
    links: { ...narrow, ...down },
    sources: [command, answer, { ...image, bursts: [10.5] }],
    causes,
  });
  // Commands at 10, 15, 20, each there a second later; the image has the link from 10.5 to 20.5.
  assert.equal(sent, { command: 1, answer: 1, image: 1 });
  assert.equal(resent, { command: 2, answer: 2, image: 0 });
  assert.equal(delivered, { command: 1, answer: 1, image: 1 });
  assert.equal(duplicates, { command: 2, answer: 0, image: 0 });
  assert.equal(lost, { command: 0, answer: 0, image: 0 });
  near(latencySumS['command'], 1);
  near(latencySumS['answer'], 21 + 1 - 11);
});

answers('that is slow comes twice, and is lost only when every sending is', () => {
  const late = run({ links: { 'LINK up': { delayS: 6 }, ...down }, sources: [command, answer], causes });
  assert.equal(late.delivered, { command: 1, answer: 1 });
  assert.equal(late.duplicates, { command: 1, answer: 1 });
  const sources = [command, answer, { ...image, bursts: [10.5], sizeB: 12_500 }];
  const never = run({ links: { ...narrow, ...down }, sources, causes });
  assert.equal([never.sent['answer'], never.resent['answer'], never.lost['answer']], [1, 2, 1]);
  assert.equal([never.delivered['command'], never.duplicates['command'], never.lost['command']], [1, 2, 0]);
});

answers('that does not come by its draw is not waited for', () => {
  const { resent } = run({
    links: { ...narrow, ...down },
    sources: [command, answer],
    causes: [{ trigger: 'command', source: 'answer', probability: 0 }],
  });
  assert.is(resent['command'], 0);
});

answers('of an answer belongs to it: known again, counted once', () => {
  const { sent, resent, delivered, duplicates } = run({
    links: { 'LINK up': { delayS: 6 }, ...down, 'NEXT up': { delayS: 1 } },
    sources: [command, answer, { ...answer, name: 'receipt', path: ['NEXT up'] }],
    causes: [...causes, { trigger: 'answer', source: 'receipt' }],
  });
  assert.equal(sent, { command: 1, answer: 1, receipt: 1 });
  assert.equal(resent, { command: 1, answer: 1, receipt: 1 });
  assert.equal(delivered, { command: 1, answer: 1, receipt: 1 });
  assert.equal(duplicates, { command: 1, answer: 1, receipt: 1 });
});

answers('to many is caused by the first delivery only', () => {
  const { sent, delivered } = run({
    kinds: { dap: 3 },
    links: { 'LINK up': { delayS: 6 }, ...down, 'NAN down': { kind: 'dap' } },
    sources: [
      command,
      answer,
      { ...answer, name: 'notice', path: [{ link: 'NAN down', fan: 'everyInstance' as const }] },
    ],
    causes: [
      { ...causes[0]!, group: 1 },
      { trigger: 'command', source: 'notice', group: 1 },
    ],
  });
  assert.equal([sent['notice'], delivered['notice']], [3, 3]);
});

answers('that its own source repeats has a timer of its own', () => {
  const { resent, delivered, lost } = run({
    links: { ...narrow, ...down },
    sources: [
      { ...command, retries: 0 },
      { ...answer, retryS: 3, retries: 3 },
      { ...image, bursts: [10.5] },
    ],
    causes,
  });
  // At 11, 14, 17 and 20 the link is taken until 20.5.
  assert.equal([resent['command'], resent['answer'], delivered['answer'], lost['answer']], [0, 3, 0, 1]);
});

answers.run();

const loss = suite('repetitions over a link that loses');

const lossy = (frameLoss: number) => ({
  medium: { name: 'lossy', access: { kind: 'dedicated' as const }, frameLoss, residualLoss: 0, hiddenShare: 0 },
});
const N = 20_000;
/** Five standard deviations of a share. */
const share = (count: number, of: number, p: number) =>
  assert.ok(Math.abs(count / of - p) < 5 * Math.sqrt((p * (1 - p)) / of), `${count / of}, not ${p}`);

loss('deliver 1 - p^(r + 1), after (1 - p^(r + 1)) / (1 - p) sendings (truncated geometric)', () => {
  const [p, retries] = [0.4, 2];
  const { delivered, resent, lost } = run({
    links: { 'LINK up': lossy(p) },
    sources: [at10({ devices: N, retries, spreadS: 60 })],
  });
  share(delivered['a']!, N, 1 - p ** (retries + 1));
  assert.is(delivered['a']! + lost['a']!, N);
  const meanSendings = (1 - p ** (retries + 1)) / (1 - p);
  assert.ok(Math.abs((N + resent['a']!) / N - meanSendings) < 5 * (1 / Math.sqrt(N)), `${resent['a']! / N}`);
});

loss('on the way there and back need both ways: 1 - (1 - (1 - p)(1 - q))^(r + 1) of the commands are answered', () => {
  const [p, q, retries] = [0.3, 0.2, 1];
  const { delivered, duplicates, lost } = run({
    links: { 'LINK down': lossy(p), 'LINK up': lossy(q) },
    sources: [at10({ name: 'command', devices: N, retries, spreadS: 60, path: ['LINK down'] }), answer],
    causes,
  });
  share(delivered['answer']!, N, 1 - (1 - (1 - p) * (1 - q)) ** (retries + 1));
  share(delivered['command']!, N, 1 - p ** (retries + 1));
  share(duplicates['command']!, N, (1 - p) * q * (1 - p)); // there, not back, and there once more
  assert.is(lost['answer'], delivered['command']! - delivered['answer']!);
});

loss.run();

const any = suite('repetitions');

const anyRepeating: fc.Arbitrary<Plan> = fc
  .record({
    retryS: fc.constantFrom(3, 20, 60),
    retries: fc.integer({ min: 1, max: 3 }),
    answerRetryS: fc.constantFrom(Number.POSITIVE_INFINITY, 15),
    delayS: fc.constantFrom(0, 0, 5),
    rateBps: fc.constantFrom(Number.POSITIVE_INFINITY, 200, 400),
    bufferB: fc.constantFrom(Number.POSITIVE_INFINITY, 300, 100),
    wan: fc.constantFrom('dap', 'centre'),
    phase: fc.constantFrom('random' as const, 'synchronised' as const),
    probability: fc.constantFrom(1, 0.7),
    halfDuplex: fc.boolean(),
  })
  .map((r) =>
    buildPlan({
      horizonS: 900,
      binS: 300,
      dayLengthS: [600],
      warmUpDays: 1,
      kinds: { dap: 3 },
      links: {
        'WAN down': { kind: r.wan, rateBps: 2000, delayS: r.delayS, ...(r.halfDuplex ? { server: 'air' } : {}) },
        'NAN down': { kind: 'dap', delayS: r.delayS },
        'NAN up': { kind: 'dap', rateBps: r.rateBps, delayS: r.delayS, bufferB: r.bufferB },
        'WAN up': { kind: r.wan, rateBps: 1000, bufferB: r.bufferB, ...(r.halfDuplex ? { server: 'air' } : {}) },
        'LAN up': { delayS: r.delayS },
      },
      sources: [
        {
          name: 'commands',
          kind: 'dap',
          process: 'periodic',
          phase: r.phase,
          devices: 4,
          periodS: 60,
          sizeB: 30,
          retryS: r.retryS,
          retries: r.retries,
          path: ['WAN down', { link: 'NAN down', deliver: 'commands' }],
        },
        {
          name: 'answers',
          kind: 'dap',
          process: 'caused',
          sizeB: 100,
          retryS: r.answerRetryS,
          retries: 1,
          path: ['NAN up', { link: 'WAN up', deliver: 'at the head-end' }, 'LAN up'],
        },
        { name: 'receipts', kind: 'dap', process: 'caused', sizeB: 10, path: ['WAN down'] },
        { name: 'reads', kind: 'dap', periodS: 40, sizeB: 100, path: ['NAN up', 'WAN up'] },
      ],
      causes: [
        { trigger: 'commands', source: 'answers', probability: r.probability, spreadS: 2 },
        { trigger: 'at the head-end', source: 'receipts' },
      ],
    }),
  );

any('lose nobody from the books, and leave no trace of how the network is cut', () => {
  let [lost, duplicates, underWay] = [0, 0, 0];
  fc.assert(
    fc.property(anyRepeating, (plan) => {
      const stats = simulateReplication(plan, 1);
      assertBalance(plan, stats);
      assert.is(fingerprint(simulateReplication(plan, 1, { partition: 'single' })), fingerprint(stats));
      for (let f = 0; f < plan.flows.name.length; f++) {
        lost += stats.flows.lost[f]!;
        duplicates += stats.flows.duplicates[f]!;
        underWay += stats.flows.inFlightStart[f]!;
      }
    }),
    { seed: 1, numRuns: 150 },
  );
  assert.ok(lost > 500 && duplicates > 1000 && underWay > 300, `${lost} lost, ${duplicates} twice, ${underWay}`);
});

any.run();
