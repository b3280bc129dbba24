import { catalogueOf } from '../../payloads/load.js';
import type { Catalogue } from '../../payloads/types.js';
import { compile, loadScenario, scenarioContext } from '../../pipeline.js';
import { compilePlan } from '../../scenarios/compile/compile.js';
import { loadScenario as loadScenarioFile } from '../../scenarios/load.js';
import { openTopology } from '../../scenarios/topology-view.js';
import type { Plan } from '../../sim/plan.js';
import { type Volumetrics, volumetrics } from '../../sim/volumetrics.js';
import { decodeProfile, referenceModel } from '../../topologies/index.js';
import { files } from '../payloads/small-catalogue.js';

/** A plan and what it makes expect. */
export interface Compiled {
  readonly plan: Plan;
  readonly expected: Volumetrics;
  /** Expected deliveries in the run of a catalogue flow (its id, or one that ends so), at one destination. */
  delivered(flow: string, to?: string): number;
  /** Expected messages on a link in all its instances, or in one. */
  onLink(link: string, instance?: number): number;
  /** Reasons of the flows that are out of scope, by id. */
  readonly outOfScope: ReadonlyMap<string, string>;
}

export interface RowText {
  readonly payload: string;
  readonly type?: string; // cmd
  readonly from: string;
  readonly to: string;
  readonly howOften: string;
  readonly when?: string; // 24x7
  readonly latency?: string; // < 15 sec
  readonly reliability?: string; // > 98%
  readonly size?: string; // 100
  readonly highload?: string; // X
  /** More keys of the row, e.g. `answers: { to: read, share: each }`. */
  readonly more?: readonly string[];
}

/** A row of a small catalogue. */
export function row(text: RowText): string {
  const { payload, type = 'cmd', from, to, howOften, more = [] } = text;
  const { when = '24x7', latency = '< 15 sec', reliability = '> 98%', size = '100', highload = 'X' } = text;
  const cells = { baseload: 'X', highload, from, to, reliability, latency, when, howOften, size };
  return [
    `      - payload: ${payload}`,
    `        type: ${type}`,
    '        attributes: device ID',
    '        cells:',
    ...Object.entries(cells).map(([name, cell]) => `          ${name}: ${JSON.stringify(cell)}`),
    ...more.map((line) => `        ${line}`),
  ].join('\n');
}

/** A population of a small catalogue. */
export function population(name: string, actors: readonly string[], count: string): string {
  const list = actors.map((actor) => JSON.stringify(actor)).join(', ');
  return `- { name: ${name}, actors: [${list}], count: ${JSON.stringify(count)}, description: of the test }`;
}

/** Compiles a scenario text over the SG-Network catalogue. */
export function compiled(text: string): Compiled {
  return look(compile(loadScenario({ text, file: 'test.yaml' })));
}

/** Compiles a scenario text over a catalogue of a few rows; see ../payloads/small-catalogue.ts. */
export function compiledSmall(
  text: string,
  rows: readonly RowText[],
  populations: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Compiled {
  const catalogue = smallCatalogue(rows.map(row), populations.join('\n'), more);
  const scenario = loadScenarioFile({ text, file: 'test.yaml' }, scenarioContext(catalogue));
  const profile = decodeProfile(scenario.profile);
  return look(compilePlan(scenario, catalogue, profile, openTopology(profile)));
}

function smallCatalogue(
  rows: readonly string[],
  populations: string,
  more: Readonly<Record<string, string>>,
): Catalogue {
  const actors = referenceModel().actors.map((actor) => actor.name);
  return catalogueOf(files(rows, { 'populations.yaml': populations, ...more }), { actors });
}

function look(plan: Plan): Compiled {
  const expected = volumetrics(plan);
  /** To twelve digits: sums over hours miss whole numbers by an ulp. */
  const tidy = (value: number) => Number(value.toPrecision(12));
  return {
    plan,
    expected,
    delivered(flow, to) {
      const rows = plan.flows.name.flatMap((_, i) => {
        const id = plan.flows.catalogueFlow[i]!;
        const isIt = id === flow || id.endsWith(`/${flow}`);
        return isIt && (to === undefined || plan.flows.to[i]!.split(', ').includes(to)) ? [i] : [];
      });
      if (rows.length === 0) throw new Error(`the plan has no flow ${flow}${to === undefined ? '' : ` to ${to}`}`);
      return tidy(rows.reduce((total, i) => total + expected.flows.delivered[i]!, 0));
    },
    onLink(link, instance) {
      const l = plan.links.name.indexOf(link);
      if (l < 0) throw new Error(`the plan has no link ${link}, only ${plan.links.name.join(', ')}`);
      const first = expected.linkStart[l]! + (instance ?? 0);
      const end = instance === undefined ? expected.linkStart[l + 1]! : first + 1;
      return tidy(expected.links.messages.slice(first, end).reduce((a, b) => a + b, 0));
    },
    outOfScope: new Map(plan.outOfScope.map((row) => [row.catalogueFlow, row.reason])),
  };
}
