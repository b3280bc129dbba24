/**
 * Section 4.21 through the front door: the ready-made scenario, its text as a user reads and edits it, gives every
 * figure that tables 4 and 5 print for the neighbourhood network of one DAP.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packageRoot } from '../../base/files.js';
import { compile, loadScenario, simulate } from '../../pipeline.js';
import { volumetrics } from '../../sim/volumetrics.js';

const DAY_S = 86_400;
const METERS = 1000;
const asPrinted = readFileSync(join(packageRoot, 'scenarios', 'worked-example.yaml'), 'utf8');
/** Scenario 2 of table 3, which the text announces: 90% residential, 10% commercial. */
const scenario2 = edited(asPrinted, 'residential: 696, commercial: 174', 'residential: 900, commercial: 100');

/** Without the two lines that set size and frequency of interval reads apart. */
const tied = asPrinted
  .split('\n')
  .filter((line) => !/^ {2}4\.10\.4\.4\/Mtr-read_multi-interval-data_resp-data\//.test(line))
  .join('\n');

function edited(before: string, from: string, to: string): string {
  assert.ok(before.includes(from), `the scenario has no ${from}`);
  return before.replace(from, to);
}

interface Table {
  /** Per meter and day. */
  readonly events: number;
  readonly bytes: number;
  /** Of the flows whose id matches, per meter and day. */
  of(flow: RegExp): { readonly events: number; readonly bytes: number };
}

/** What volumetrics say about the neighbourhood network of the DAP, towards the meters and from them. */
function tables(scenarioText: string): { readonly plan: ReturnType<typeof compile>; down: Table; up: Table } {
  const plan = compile(loadScenario({ text: scenarioText, file: 'worked-example.yaml' }));
  const expected = volumetrics(plan);
  const table = (link: string): Table => {
    const l = plan.links.name.indexOf(link);
    const sum = (column: Float64Array) =>
      column.slice(expected.linkStart[l], expected.linkStart[l + 1]).reduce((a, b) => a + b, 0);
    return {
      events: sum(expected.links.messages) / METERS,
      bytes: sum(expected.links.bytes) / METERS,
      of(flow) {
        const sources = plan.sources.name.flatMap((_, s) => {
          const first = plan.sources.flowItem[plan.sources.flowStart[s]!]!;
          return flow.test(plan.flows.catalogueFlow[first]!) ? [s] : [];
        });
        assert.ok(sources.length > 0, `no source of ${flow}`);
        const of = (weight: (s: number) => number) =>
          sources.reduce((total, s) => total + expected.sources.messages[s]! * weight(s), 0) / METERS;
        return { events: of(() => 1), bytes: of((s) => plan.sources.sizeB[s]!) };
      },
    };
  };
  return { plan, down: table('NAN dap down'), up: table('NAN dap up') };
}

/** The number, rounded to the digits that the table prints. */
function printed(actual: number, digits: string): void {
  if (digits.includes('e')) assert.is(actual.toExponential(digits.indexOf('e') - 2), digits);
  else assert.is(actual.toFixed(digits.split('.')[1]?.length ?? 0), digits);
}

const INTERVAL = /resp-data\/electr-(ci|resdnt)$/;
const OTHERS = /_err|_ack|cmd-err|on-demand_Mtr-read_resp-data|post-oper-info|SW_state_cmd_resp-data/;

const { down, up, plan } = tables(asPrinted);

const table4 = suite('worked example, table 4 (DAP to meter)');

table4('0.152 events and 3.8 bytes per meter and day', () => {
  printed(down.events, '0.152');
  printed(down.bytes, '3.8');
});

table4('25 bytes per event, 1.76e-6 events per meter and second', () => {
  printed(down.bytes / down.events, '25');
  printed(down.events / DAY_S, '1.76e-6');
});

table4.run();

const table5 = suite('worked example, table 5 (meter to DAP)');

table5('interval data: 8.352 events and 16,704 bytes per meter and day', () => {
  printed(up.of(INTERVAL).events, '8.352');
  printed(up.of(INTERVAL).bytes, '16704');
});

table5('everything else: 0.079 events and 7.754 bytes', () => {
  printed(up.of(OTHERS).events, '0.079');
  printed(up.of(OTHERS).bytes, '7.754');
});

table5('together 8.43 events and 16,712 bytes, and the link carries nothing besides', () => {
  printed(up.events, '8.43');
  printed(up.bytes, '16712');
  const both = up.of(INTERVAL).bytes + up.of(OTHERS).bytes;
  assert.ok(Math.abs(up.bytes - both) < 1e-9, `${up.bytes} on the link, ${both} of its flows`);
});

table5('1,982 bytes per event, 9.76e-5 events per meter and second', () => {
  printed(up.bytes / up.events, '1982');
  printed(up.events / DAY_S, '9.76e-5');
});

table5.run();

const others = suite('worked example, other apportionment');

others('90% and 10%: 24 x 0.1 + 6 x 0.9 = 7.8 events and 3,840 + 12,960 = 16,800 bytes of interval data', () => {
  const upward = tables(scenario2).up;
  printed(upward.of(INTERVAL).events, '7.800');
  printed(upward.of(INTERVAL).bytes, '16800');
  // The other lines have no proportion: 0.079 events, 7.754 bytes, and table 4 as before.
  printed(upward.events, '7.879');
  printed(upward.bytes, '16808');
  printed(tables(scenario2).down.bytes, '3.8');
});

others('size tied to frequency: 12 x 0.174 x 1600 + 6 x 0.696 x 1600 = 10,022.4 bytes in 6.264 events', () => {
  const upward = tables(tied).up;
  printed(upward.of(INTERVAL).events, '6.264');
  printed(upward.of(INTERVAL).bytes, '10022.4');
});

others.run();

const results = suite('worked example, results');
const outcome = await simulate(plan, { engine: 'closed-form' });

results('events and bytes per meter and day stand in the rows of links', () => {
  const row = (direction: string) =>
    outcome!.links.find((one) => one.network === 'NAN' && one.direction === direction)!;
  const [upRow, downRow] = [row('up'), row('down')];
  assert.equal([upRow.endpoints, downRow.endpoints], [METERS, METERS]);
  printed(upRow.messagesPerEndpointDay, '8.43');
  printed(upRow.bytesPerEndpointDay, '16712');
  printed(downRow.messagesPerEndpointDay, '0.152');
  printed(downRow.bytesPerEndpointDay, '3.8');
});

results.run();
