import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputError } from '../../base/diagnostics.js';
import { packageRoot } from '../../base/files.js';
import { builtInCatalogue, builtInCatalogues } from '../../payloads/catalogue.js';
import { mergeCatalogues } from '../../payloads/merge.js';
import { compile, loadScenario, simulate } from '../../pipeline.js';
import { openCatalogues } from '../../scenarios/catalogues.js';
import { simulateReplications } from '../../sim/replications.js';
import { volumetrics } from '../../sim/volumetrics.js';

/** The files of the page, by name: yaml blocks that begin with a comment of their name. */
const page = readFileSync(join(packageRoot, 'docs', 'catalogue-format.md'), 'utf8');
const files = new Map([...page.matchAll(/```yaml\n# (\S+\.yaml)\n([\s\S]*?)```/g)].map((m) => [m[1]!, m[2]!]));
const folder = mkdtempSync(join(tmpdir(), 'fanplan-catalogue-'));

function write(changes: Readonly<Record<string, string>> = {}): string {
  for (const [name, text] of [...files, ...Object.entries(changes)]) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return join(folder, 'my-scenario.yaml');
}

/** The use case with one text replaced. */
function upload(from: string, to: string): string {
  return files.get('my-catalogue/upload.yaml')!.replace(from, to);
}

function problems(run: () => unknown): string[] {
  try {
    run();
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.diagnostics.map(({ path, code, nearest }) => `${path} ${code} ${nearest ?? ''}`.trim());
  }
}

const format = suite('the catalogue of the page');

format('is the eight files and the scenario', () => assert.is(files.size, 9));

format('compiles without a profile, with the ids of its head', () => {
  const plan = compile(loadScenario(write()));
  assert.is(plan.profile, 'none');
  assert.equal(plan.outOfScope, []);
  assert.ok(plan.flows.catalogueFlow.includes('readings/2.1/nightly_file'), plan.flows.catalogueFlow.join(' '));
});

format('counts: what the scenario gives, and defaults among the assumptions', () => {
  const plan = compile(loadScenario(write()));
  const of = (key: string) => plan.assumptions.find((entry) => entry.key === key)?.value;
  assert.is(of('deployment.counts.users'), '3000');
  assert.is(of('deployment.counts.utilities'), undefined);
  assert.equal(plan.labels.deployment, [
    { name: 'utilities', count: 3 },
    { name: 'users', count: 3000 },
  ]);
  assert.ok(plan.assumptions.some(({ reason }) => reason === 'a person waits'));
});

format('a member network has one link for each member', () => {
  const plan = compile(loadScenario(write()));
  const server = plan.links.server[plan.links.name.findIndex((name) => name.startsWith('UtilityAccess'))]!;
  assert.is(plan.servers.copies[server], 3);
});

format('sends what the closed form expects', async () => {
  const plan = compile(loadScenario(write()));
  const expected = volumetrics(plan).flows.delivered;
  assert.equal(
    plan.flows.catalogueFlow.map((id, i) => [id, expected[i]]).filter(([id]) => String(id).includes('2.1')),
    [
      ['readings/2.1/nightly_file', 3],
      ['readings/2.1/nightly_file_ack', 3],
    ],
  );
  // 3000 users, 6 a day and 3 for a fifth of them, each answered
  const pages = plan.flows.catalogueFlow.reduce((n, id, i) => n + (/page\//.test(id) ? expected[i]! : 0), 0);
  assert.is(Number(pages.toPrecision(12)), 3000 * 6 + 600 * 3);
  const [replication] = await simulateReplications(plan, [1], { workers: 1, engine: 'simulation' });
  assert.ok(Math.abs(replication!.counts.messages - 2 * pages) < 0.05 * 2 * pages, `${replication!.counts.messages}`);
});

format('an answer leaves after its time, which the scenario may change', () => {
  const afterOf = (more: string) => {
    const text = files.get('my-scenario.yaml')! + more;
    const { causes, sources } = compile(loadScenario(write({ 'my-scenario.yaml': text })));
    return causes.delayS[causes.source.findIndex((source) => sources.name[source]!.includes('nightly_file_ack'))];
  };
  assert.is(afterOf(''), 120);
  assert.is(afterOf('payloads: { nightly_file_ack: { after: 5 min } }\n'), 300);
  assert.equal(
    problems(() => loadScenario(write({ 'my-catalogue/upload.yaml': upload('after: 2 min', 'after: soon') }))),
    ['scenarios[0].rows[1].flows[0].answers.after SYNTAX'],
  );
  write();
});

format('a chain over several steps keeps the time of each', async () => {
  const rows = files.get('my-catalogue/upload.yaml')!;
  const last = rows.lastIndexOf('answers: { to: page_cmd, share: each }');
  const slow = `${rows.slice(0, last)}answers: { to: page_cmd, share: each, after: 1 hour }
      - payload: page_ack
        type: ack
        origin: prose
        note: The user thinks for an hour.
        flows:
          - label: campaign
            from: [Portal User]
            to: [Platform]
            howOften: 3 per | Users per | campaign
            latency: < 5 sec
            reliability: "> 98%"
            when: 24x7
            size: "100"
            answers: { to: page, share: each, after: 1 hour }
`;
  const text = `name: a
catalogues: [./my-catalogue]
replications: 1
deployment: { counts: { users: 50 } }
events: [{ campaign: { at: "18:10", spread: 10 min } }]
only: [readings/2.2/page_cmd/campaign, readings/2.2/page/campaign, readings/2.2/page_ack/campaign]
`;
  const scenario = write({ 'my-catalogue/upload.yaml': slow, 'my-scenario.yaml': text });
  const results = (await simulate(compile(loadScenario(scenario)), { workers: 1 }))!;
  const hoursOf = (way: string) =>
    results.hours
      .filter(({ direction, messages }) => direction === way && messages > 0)
      .map(({ hour, messages }) => [hour, messages]);
  assert.equal(hoursOf('up'), [
    [18, 150],
    [20, 150],
  ]);
  assert.equal(hoursOf('down'), [[19, 150]]);
  write();
});

format('expressions are checked in their place', () => {
  const name = 'my-catalogue/counts.yaml';
  const scenario = write({ [name]: files.get(name)!.replace('counts.utilities *', 'counts.utilitis *') });
  assert.equal(
    problems(() => loadScenario(scenario)),
    ['[1].value UNKNOWN_NAME counts.utilities'],
  );
  write();
});

format('stands beside SG-Network, which needs a profile', () => {
  const both = (profile: string) =>
    write({
      'my-scenario.yaml': `name: a\ncatalogues: [./my-catalogue, sg-network]\n${profile}deployment: { meters: 100 }\n`,
    });
  assert.equal(
    problems(() => loadScenario(both(''))),
    ['profile MISSING_KEY'],
  );
  assert.equal(
    problems(() => loadScenario(both('profile: none\n'))),
    ['profile CONFLICT'],
  );
  const plan = compile(loadScenario(both('profile: ACvIW\n')));
  assert.ok(plan.flows.catalogueFlow.includes('readings/2.1/nightly_file'));
  assert.ok(plan.flows.catalogueFlow.some((id) => id.startsWith('4.10.')));
});

format('names are checked with the nearest', () => {
  const scenario = (text: string) => write({ 'my-scenario.yaml': text });
  const found = problems(() =>
    loadScenario(
      scenario('name: a\ncatalogues: [./my-catalogue, sg-netwrk, ./other]\ndeployment: { counts: { utilitys: 3 } }\n'),
    ),
  );
  assert.equal(found, [
    'catalogues[1] UNKNOWN_NAME sg-network',
    'catalogues[2] NOT_FOUND',
    'deployment.counts.utilitys UNKNOWN_NAME utilities',
  ]);
});

format('actors of its own are checked with those of the reference architecture', () => {
  const name = 'my-catalogue/upload.yaml';
  const scenario = write({ [name]: files.get(name)!.replace('[Platform]', '[Platfrm]') });
  assert.match(problems(() => loadScenario(scenario)).join('\n'), /flows\[0\]\.to\[0\] UNKNOWN_NAME Platform/);
  write();
});

format.run();

const merging = suite('catalogues');

merging('of the package go together, in any order', () => {
  const names = builtInCatalogues();
  const [one, other] = [openCatalogues(names), openCatalogues([...names].reverse())];
  assert.is(one.catalogue.hash, other.catalogue.hash);
  assert.equal(
    one.catalogue.rows.map(({ id }) => id),
    other.catalogue.rows.map(({ id }) => id),
  );
});

merging('one alone keeps its hash; a name that means two things is refused', () => {
  const sg = builtInCatalogue('sg-network');
  assert.is(mergeCatalogues([sg]), sg);
  const [first, ...others] = sg.populations;
  const odd = {
    ...sg,
    id: 'odd',
    hash: 'x',
    useCases: [],
    rows: [],
    populations: [{ ...first!, count: '7' }, ...others],
  };
  try {
    mergeCatalogues([odd, sg]);
    assert.unreachable();
  } catch (error) {
    assert.instance(error, InputError);
    assert.is((error as InputError).diagnostics[0]!.found, first!.name);
    assert.is((error as InputError).diagnostics.length, 1);
  }
});

merging.run();
rmSync(folder, { recursive: true });
