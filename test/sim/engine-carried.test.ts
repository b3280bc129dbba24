/** What links carry: all that they are offered, but for what is dropped and lost there, or there at the end. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Access } from '../../sim/media.js';
import { simulateReplication } from '../../sim/simulate.js';
import { buildPlan, type FramingLiteral, type LinkLiteral } from './plan-builder.js';
import { accesses } from './random-media-plan.js';

const DAPS = 3;
const METERS = 20;
const SIZE_B = 250;
const HOUR_S = 3600;
const FRAMING: FramingLiteral = {
  frames: 2,
  fullB: 150,
  lastB: 100,
  fullS: 0.15,
  lastS: 0.1,
  gapS: 0.001,
  ackS: 0.002,
};

/** Reads over one kind of link; but for a warm-up day they come for half an hour, and it is left half an hour to finish. */
function reads(link: LinkLiteral, warmUpDays: number) {
  const { links } = simulateReplication(
    buildPlan({
      horizonS: HOUR_S,
      dayLengthS: [HOUR_S],
      windows: { busy: [[[0, warmUpDays > 0 ? HOUR_S : HOUR_S / 2]]] },
      warmUpDays,
      kinds: { dap: DAPS },
      endpoints: { dap: METERS },
      links: { 'LINK up': { kind: 'dap', rateBps: 8000, bufferMessages: 4, ...link } },
      sources: ['reads', 'alarms'].map((name, priority) => ({
        name,
        kind: 'dap',
        devices: METERS,
        periodS: 20,
        window: 'busy',
        sizeB: SIZE_B,
        priority,
        path: [{ link: 'LINK up', ...(link.medium !== undefined && { framing: FRAMING }) }],
      })),
    }),
    1,
  );
  return Array.from({ length: DAPS }, (_, dap) => ({
    offered: links.messages[dap]!,
    dropped: links.droppedMessages[dap]!,
    lost: links.lostMessages[dap]!,
    before: links.inSystemStart[dap]!,
    left: links.inSystemEnd[dap]!,
    carriedB: links.carriedB[dap]!,
  }));
}

function lossy(access: Access): LinkLiteral {
  const arq = { retries: 1, timeoutS: 0.05 };
  return { medium: { name: access.kind, access, frameLoss: 0.2, residualLoss: 0.02, arq, hiddenShare: 0.1 } };
}

const carried = suite('a link carries what it is offered, less what it drops and loses:');
const bordered = suite(
  'over the borders of the run a link carries what was there and comes, less what is dropped, lost and left:',
);

for (const [what, link, loses] of [
  ['a pipe', {}, false],
  ['pipes of premises', { copies: 2, bufferMessages: 0 }, false],
  ['a pipe with priorities', { discipline: 'priority', quantumB: 100 }, false],
  ...accesses.map((access) => [`${access.kind}, which loses frames`, lossy(access), true] as const),
] as const) {
  carried(what, () => {
    const daps = reads(link, 0);
    for (const { offered, dropped, lost, left, carriedB } of daps) {
      assert.is(left, 0);
      assert.is(carriedB, SIZE_B * (offered - dropped - lost));
    }
    const total = (of: 'dropped' | 'lost') => daps.reduce((sum, dap) => sum + dap[of], 0);
    assert.ok(total('lost') > 0 === loses && total('dropped') + total('lost') > 0, JSON.stringify(daps));
  });

  bordered(what, () => {
    const daps = reads(link, 1);
    for (const { before, offered, dropped, lost, left, carriedB } of daps) {
      assert.is(carriedB, SIZE_B * (before + offered - dropped - lost - left));
    }
    assert.ok(
      daps.some(({ before }) => before > 0),
      JSON.stringify(daps),
    );
  });
}

carried.run();
bordered.run();
