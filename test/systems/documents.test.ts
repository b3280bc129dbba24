/**
 * Entered twice: the catalogues of two documents and their pages against what test/systems/extract.ts read from the
 * documents' own tables, line by line.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packageRoot } from '../../base/files.js';
import { builtInCatalogue } from '../../payloads/catalogue.js';
import type { CatalogueFlow } from '../../payloads/types.js';
import { fromTsv, type Item } from './extract.js';
import { flowsNamed, type PageRow, pageRows } from './page.js';

interface Document {
  readonly id: string;
  readonly items: readonly Item[];
  readonly page: readonly PageRow[];
  /** By `section/payload` or `section/payload/label`. */
  readonly flows: ReadonlyMap<string, CatalogueFlow>;
}

function open(id: string): Document {
  const fixture = join(packageRoot, 'test', 'systems', 'fixtures', `${id}.tsv`);
  const flows = builtInCatalogue(id).rows.flatMap((row) =>
    row.flows.map((flow) => [flow.id.slice(id.length + 1), flow]),
  );
  return {
    id,
    items: fromTsv(readFileSync(fixture, 'utf8')),
    page: pageRows(id),
    flows: new Map(flows as [string, CatalogueFlow][]),
  };
}

const C6 = open('smartconnect-c6');
const D3 = open('ami-d3');

/** Parts of a page by the kind of item that they list. */
const PARTS: Readonly<Record<Item['kind'], string>> = {
  rule: 'Business rules',
  step: 'Steps',
  functional: 'Functional requirements',
  'non-functional': 'Non-functional requirements',
  business: 'Business requirements',
  exchange: 'Information exchange',
  issue: 'Business rules',
};

/** Flows of a name: of a row all of them. */
function flowsOf({ flows }: Document, name: string): CatalogueFlow[] {
  return [...flows].filter(([id]) => id === name || id.startsWith(`${name}/`)).map(([, flow]) => flow);
}

/** Flows that stand for a line of the document. */
function standing(document: Document, line: number): CatalogueFlow[] {
  const rows = document.page.filter((row) => row.line === line);
  return rows.flatMap((row) => flowsNamed(row.standsFor)).flatMap((name) => flowsOf(document, name));
}

for (const document of [C6, D3]) {
  const complete = suite(`page and catalogue of ${document.id}`);

  complete('every row of the tables of the document stands exactly once on its page, under its heading', () => {
    const wanted = document.items.map(({ kind, line }) => `${line} ${PARTS[kind]}`).sort();
    const found = document.page.map(({ part, line }) => `${line} ${part.replace(/ and issues$/, '')}`).sort();
    const known = new Set(wanted.map((row) => row.slice(row.indexOf(' ') + 1)));
    const short = (row: string) => [...known].find((part) => row.includes(part)) ?? row;
    assert.equal(
      found.map((row) => `${row.split(' ')[0]} ${short(row)}`),
      wanted,
    );
  });

  complete('every row has a flow, a rule, a reason, a budget, a count or a use case', () => {
    for (const { line, standsFor } of document.page) {
      assert.match(standsFor, /`|rule: |reason: |both flows of/, `line ${line}: ${standsFor}`);
    }
  });

  complete('every flow that the page names is in the catalogue, and every flow of the catalogue is named', () => {
    const named = document.page.flatMap((row) => flowsNamed(row.standsFor));
    for (const name of named) assert.ok(flowsOf(document, name).length > 0, name);
    const reached = new Set(named.flatMap((name) => flowsOf(document, name).map((flow) => flow.id)));
    assert.equal(
      [...document.flows.values()].filter((flow) => !reached.has(flow.id)).map((flow) => flow.id),
      [],
    );
  });

  complete('every step names its flows by its own number, or those of the loop that it is in', () => {
    const steps = document.page.filter(({ part }) => part === 'Steps');
    const own = new Set(
      document.items.filter(({ kind }) => kind === 'step').map((item) => `${item.scenario}-${item.step}`),
    );
    for (const { cells } of steps) assert.ok(own.has(cells[0]!), cells[0]);
    for (const section of new Set([...document.flows.keys()].map((id) => id.split('/')[0]!))) {
      if (/^3/.test(section)) assert.ok(own.has(section), `${section} is no step of the document`);
    }
  });

  complete('every figure that is not of the document is marked as assumed', () => {
    for (const [id, flow] of document.flows) {
      for (const figure of ['reliability', 'when', 'size'] as const) {
        assert.ok(flow.assumed?.[figure] !== undefined, `${id}: ${figure}`);
      }
    }
  });

  complete.run();
}

const exchanges = suite('information exchange of 5.1');

/** Actors of the documents, read from their section 2 once more, without the catalogues. */
const ACTORS: Readonly<Record<string, readonly string[]>> = {
  Customer: ['Cust. Browser - Premise'],
  'CSR/Utility Web Site': ['Web Portal - Utility'],
  NMS: ['AMI Head-End(j)'],
  'IHD or EMS': ['IPD', 'Cust. EMS'],
  'EMS or IHD': ['IPD', 'Cust. EMS'],
  'IHD EMS': ['PCT', 'Smart Appliance', 'Load Cntl Device'],
  EMS: ['Cust. EMS'],
  CDMS: ['DSM - Utility'],
  CDCS: ['DSM - Utility'],
  CCS: ['CIS/Billing - Utility'],
  CSS: ['CIS/Billing - Utility'],
  'SmartConnect Meter': ['2-Way Meter - Electr'],
  Meter: ['2-Way Meter - Electr'],
  'System Management Console': ['NMS'],
  'Meter Data Management System': ['MDMS'],
  DRAACS: ['LMS - Utility'],
  'Premise Gateway': ['ESI - In Meter', 'ESI - Utility'],
  'Customer Equipment': ['Cust. DG Equipment'],
};
/** Where 5.1 and the steps name different systems, the step's; why stands on the page. */
const BY_STEP: Readonly<Record<string, { readonly from?: string; readonly to?: string }>> = {
  'smartconnect-c6 326': { from: 'CSS' },
  'smartconnect-c6 331': { to: 'CSS' },
};
/** At the device itself: no network. */
const AT_THE_DEVICE = [350, 351];

for (const document of [C6, D3]) {
  exchanges(`of ${document.id} go from and to whom the document prints`, () => {
    for (const { kind, line, from, to } of document.items) {
      if (kind !== 'exchange' || AT_THE_DEVICE.includes(line)) continue;
      const flows = standing(document, line);
      assert.ok(flows.length > 0, `line ${line}`);
      const other = BY_STEP[`${document.id} ${line}`];
      const wanted = [other?.from ?? from, other?.to ?? to].map((actor) => ACTORS[actor]!);
      for (const [side, actors] of [flows.map((flow) => flow.from), flows.map((flow) => flow.to)].entries()) {
        const all = new Set(actors.flat());
        for (const actor of all) assert.ok(wanted[side]!.includes(actor), `line ${line}: ${actor}`);
        // Costs leave an EMS alone: a display keeps them.
        if (line !== 343) assert.is(all.size, wanted[side]!.length, `line ${line}`);
      }
    }
  });
}

exchanges('of C6 are answered in the order of the steps: one chain from 6 to 17, one from 1 to 4', () => {
  const chainOf = (last: string) => {
    const chain = [last];
    for (let to = C6.flows.get(last)!.answers?.to; to !== undefined; ) {
      const id: string = to.slice('smartconnect-c6/'.length);
      chain.unshift(id);
      to = C6.flows.get(id)!.answers?.to;
    }
    return chain.map((id) => id.split('/')[0]);
  };
  const printed = C6.items.filter((item) => item.kind === 'exchange' && item.scenario === '3.1');
  const steps = printed.map((item) => `3.1-${item.step}`);
  assert.equal([...chainOf('3.1-4/ems_programme_selection'), ...chainOf('3.1-17/ems_configured_resp-data')], steps);
  assert.equal(chainOf('3.3-10/ems_override_resp-data'), ['3.3-2', '3.3-9', '3.3-10']);
});

exchanges.run();

const limits = suite('limits of 4.2');

/** Steps that a requirement names, scenario by scenario: its cells are lists with a blank between scenarios. */
function stepsOf({ scenario, step }: Item): string[] {
  const scenarios = scenario.split(/,? /);
  const groups = scenarios.length === 1 ? [step] : step.split(/(?<!,) |, /);
  return scenarios.flatMap((name, i) =>
    groups[i]!.split(',').map((one) => `${name.startsWith('3.') ? name : `3.${name}`}-${one.trim()}`),
  );
}
const SECONDS: Readonly<Record<string, number>> = { 'two minutes': 120, 'ten seconds': 10, '5 minutes': 300 };
/** 5.1 and 4.2 count the override one lower than its step. */
const NUMBERED_IN_5_1: Readonly<Record<string, string>> = { '3.3-8': '3.3-9' };
/** 4.2 of D3 names step 3 of its first scenario, where the customer energises; programming is step 2. */
const MISNUMBERED: Readonly<Record<string, string>> = { '3.1-3': '3.1-2' };

for (const document of [C6, D3]) {
  limits(`of ${document.id} are the budgets of the flows of their steps, and all other budgets are assumed`, () => {
    const stated = new Map<string, number>();
    const byNumber = document === C6 ? NUMBERED_IN_5_1 : MISNUMBERED;
    for (const item of document.items) {
      const budgetS = SECONDS[item.quantities];
      if (item.kind !== 'non-functional' || budgetS === undefined) continue;
      for (const step of stepsOf(item)) stated.set(byNumber[step] ?? step, budgetS);
    }
    assert.is(stated.size, document === C6 ? 11 : 2);
    for (const [id, flow] of document.flows) {
      const section = id.split('/')[0]!;
      const budgetS = stated.get(section);
      if (budgetS === undefined) assert.ok(flow.assumed?.latency !== undefined, `${id} has no stated limit`);
      else assert.equal([flow.latency.budgetS.most, flow.assumed?.latency], [budgetS, undefined], id);
    }
    for (const step of stated.keys())
      assert.ok(
        [...document.flows.keys()].some((id) => id.startsWith(`${step}/`)),
        step,
      );
  });
}

limits.run();
