import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { emptyFolder, fanplan } from './support.js';

const home = emptyFolder();
writeFileSync(
  join(home, 'town.yaml'),
  `name: Town
profile: ACvIW
useCases: [meter-reading]
deployment: { meters: 300, daps: 1 }
links: { NAN: { rate: 20 kbit/s, delay: 5 ms } }
duration: 6 hr
warmUp: none
`,
);

interface Study {
  readonly tables: Readonly<Record<string, readonly Readonly<Record<string, number | string | null>>[]>>;
  readonly findings: readonly { readonly text: string }[];
  readonly answer: { readonly text: string };
  readonly binding: readonly string[];
}

const run = (...words: string[]) => fanplan([...words, '-w', '2'], { cwd: home });
function study(...words: string[]): Study {
  const ended = run(...words, '--json', '--force');
  assert.is(ended.code, 0, ended.err);
  return JSON.parse(ended.out) as Study;
}

const compare = suite('fanplan compare');

compare('ranks rates by their margin, and finds the latency between them significant on common random numbers', () => {
  const { tables } = study('compare', 'town.yaml', '--vary', 'NAN.rate=10,40 kbit/s', '-n', '3');
  assert.equal(
    tables['candidates']!.map(({ candidate, rank }) => [candidate, rank]),
    [
      ['NAN.rate=40 kbit/s', 1],
      ['NAN.rate=10 kbit/s', 2],
    ],
  );
  const latency = tables['differences']!.find(({ measure }) => String(measure).startsWith('mean latency'));
  assert.is(latency?.['significant'], 'yes');
  assert.is(latency?.['better'], 'base');
  assert.is(latency?.['replications'], 3);
  assert.ok(Number(latency?.['difference']) > 0);
});

compare('draws the loads of the networks that are filled most', () => {
  const whole =
    'name: Whole\nprofile: ACvIW\ndeployment: { meters: 300, daps: 1 }\nlinks: { NAN: { rate: 20 kbit/s } }\n';
  writeFileSync(join(home, 'whole.yaml'), whole);
  const profiles = 'AHEM3CvIW,ACdW,ARHEMCdW';
  const ended = run('compare', 'whole.yaml', '--profiles', profiles, '--shortlist', '0', '-o', 'filled');
  assert.is(ended.code, 0, ended.err);
  const drawn = readdirSync(join(home, 'filled', 'charts'));
  assert.ok(drawn.includes('load-nan.svg'), drawn.join(' '));
  assert.not(drawn.includes('load-inmeter.svg')); // a few bits per second
});

compare('draws no picture of what is known of no candidate', () => {
  const ended = run('compare', 'town.yaml', '--vary', 'NAN.rate=10,40 kbit/s', '-n', '2', '-o', 'drawn');
  assert.is(ended.code, 0, ended.err);
  const drawn = readdirSync(join(home, 'drawn', 'charts'));
  assert.ok(drawn.includes('simulated-latency.svg'), drawn.join(' ')); // differs
  assert.not(drawn.includes('simulated-cost.svg')); // no link has a price
  for (const file of drawn.filter((name) => name.endsWith('.svg')))
    assert.not.match(readFileSync(join(home, 'drawn', 'charts', file), 'utf8'), 'No value to compare');
});

compare('finds no difference between a scenario and itself under another name', () => {
  writeFileSync(
    join(home, 'twin.yaml'),
    `name: Twin
profile: ACvIW
useCases: [meter-reading]
deployment: { meters: 300, daps: 1 }
links: { NAN: { rate: 20 kbit/s, delay: 5 ms } }
duration: 6 hr
warmUp: none
`,
  );
  const { tables } = study('compare', 'town.yaml', 'twin.yaml', '-n', '2');
  assert.equal(
    tables['candidates']!.map(({ rank }) => rank),
    [1, 1],
  );
  assert.is(tables['shortlist']!.length, 1); // equal ones are simulated once
});

compare('has all 72 AMI profiles in closed form, and says what moves where', () => {
  writeFileSync(join(home, 'all.yaml'), 'name: All\nprofile: ACvIW\ndeployment: { meters: 300, daps: 1 }\n');
  const { tables, binding } = study('compare', 'all.yaml', '--profiles', 'all-ami', '--shortlist', '0');
  assert.is(tables['candidates']!.length, 72);
  assert.ok(tables['candidates']!.some(({ front }) => front === 'front'));
  assert.ok(tables['moves']!.length > 0);
  assert.ok(binding.some((text) => /comes to|leaves|moves from/.test(text)));
  assert.not('shortlist' in tables);
});

compare('leaves technologies out that do not fit, with the reason, and refuses names that do not exist', () => {
  const { tables } = study('compare', 'town.yaml', '--technologies', 'all', '--network', 'NAN', '--shortlist', '0');
  assert.ok(tables['candidates']!.length > 3);
  assert.ok(tables['candidates']!.every(({ cost }) => cost === null)); // other networks have no technology
  const bad = (...words: string[]) => {
    const ended = run('compare', 'town.yaml', '-o', 'bad', ...words);
    assert.is(ended.code, 2, ended.out);
    return ended.err;
  };
  assert.match(bad('--technologies', 'lte-cat1', '--network', 'WAN'), 'nearest  lte-cat-1');
  assert.match(bad('--technologies', 'wi-sun-fsk-150'), '--network');
  assert.match(bad('--profiles', 'ACvIX'), 'nearest  ACvIW');
  assert.match(bad('--profiles', 'none'), 'cannot do without a deployment profile');
  assert.match(bad('--loads', 'baseload,hihgload'), 'nearest  highload');
  assert.match(bad('--loads', 'baseload', '--by', 'margn'), 'nearest  margin');
  assert.match(bad('town.yaml'), 'named twice');
});

compare('says what each candidate carries where profiles have different scopes', () => {
  writeFileSync(
    join(home, 'both.yaml'),
    'name: Both\nprofile: ACvIW\ndeployment: { meters: 300, daps: 1, feeders: 1 }\n',
  );
  const { answer, findings, tables } = study('compare', 'both.yaml', '--profiles', 'ACvIW,DCSIRsF', '--shortlist', '0');
  const flows = tables['candidates']!.map(({ flowsInScope }) => Number(flowsInScope)).sort((a, b) => a - b);
  assert.ok(flows[0]! < flows[1]!);
  assert.match(answer.text, `between ${flows[0]} and ${flows[1]}`);
  for (const own of flows) assert.ok(findings.some(({ text }) => text.includes(`${own} flows of the catalogue`)));
});

compare('takes systems without a profile, and --until with their payloads', () => {
  writeFileSync(
    join(home, 'portal.yaml'),
    'name: Portal\ncatalogues: [smart-meter-texas]\nprofile: none\nduration: 1 hr\nwarmUp: none\ndeployment: { counts: { smtEsiids: 2000, smtThirdParties: 3 }, meters: { electric: { total: 200 } } }\n',
  );
  const { tables } = study('compare', 'portal.yaml', '--profiles', 'none,ACvIW', '--shortlist', '0');
  assert.is(tables['candidates']!.length, 2);
  const until = ['--until', 'ci(mean, smt_accept_cmd) < 50%', '-n', '2', '--shortlist', '1'];
  assert.is(run('compare', 'portal.yaml', ...until, '-o', 'until').code, 0);
  const refused = run('compare', 'town.yaml', ...until, '-o', 'refused');
  assert.is(refused.code, 2);
  assert.match(refused.err, 'smt_accept_cmd');
});

compare.run();

const others = suite('fanplan sensitivity and n-1');

others('finds the range that drives the busy hour, and changes nothing with what is not in it', () => {
  const { tables } = study('sensitivity', 'town.yaml', '--network', 'NAN');
  const [first] = tables['swings']!;
  assert.is(first?.['factor'], 'Mtr-read_multi-interval-data_resp-data');
  assert.ok(Number(first?.['most']) > Number(first?.['least']));
  const bulk = tables['swings']!.find(({ factor }) => factor === 'missing.bulkReadFileMB');
  assert.is(bulk?.['difference'], 0); // files of the head-end do not cross the NAN
});

others('samples every stratum of a key once, and finds that the rate drives the margin', () => {
  const words = [
    '--method',
    'latin-hypercube',
    '--samples',
    '12',
    '--measure',
    'margin',
    '--range',
    'NAN.rate=10..100 kbit/s',
  ];
  const { tables } = study('sensitivity', 'town.yaml', ...words);
  assert.is(tables['samples']!.length, 12);
  const rates = tables['samples']!.map((row) => Object.values(row).find((text) => /kbit\/s$/.test(String(text))));
  const strata = rates
    .map((rate) => Math.floor(((Number.parseFloat(String(rate)) - 10) / 90) * 12))
    .sort((a, b) => a - b);
  assert.equal(
    strata,
    Array.from({ length: 12 }, (_, i) => i),
  );
  assert.is(tables['correlations']![0]?.['factor'], 'NAN.rate');
  assert.ok(Number(tables['correlations']![0]?.['correlation']) > 0.9);
});

others('loses the reads when their network or their gateway is out, and nothing when another is', () => {
  const { tables } = study('n-1', 'town.yaml', '-n', '2');
  const lost = (name: string) => tables['cases']!.find((row) => String(row['case']).includes(name))?.['lost'];
  assert.ok(Number(lost('links of NAN')) > 0);
  assert.ok(Number(lost('dap 1')) > 0);
  assert.is(lost('links of CustLAN'), 0);
});

others('takes out a DAP without the substation of the same number, and a substation without the DAP', () => {
  writeFileSync(
    join(home, 'both.yaml'),
    `name: Both
profile: ACvW+DCSIRsF
useCases: [meter-reading, field-da-maint]
deployment: { meters: 200, daps: 2, feeders: 1, perFeeder: { sensors: 1 } }
duration: 2 hr
warmUp: none
`,
  );
  const { tables } = study('n-1', 'both.yaml', '-n', '2');
  const worse = (name: string) =>
    tables['flows']!.filter((row) => String(row['case']).includes(name)).map((row) => String(row['flow']));
  const meters = (flow: string) => /Meter - Electr/.test(flow);
  const feeders = (flow: string) => /Feeder/.test(flow);
  assert.ok(worse('dap 1').some(meters));
  assert.not(worse('dap 1').some(feeders));
  assert.ok(worse('substation 1').some(feeders));
  assert.not(worse('substation 1').some(meters));
});

others('answers measures, ranges and networks that are wrong', () => {
  const bad = (...words: string[]) => {
    const ended = run('sensitivity', 'town.yaml', '-o', 'bad', ...words);
    assert.is(ended.code, 2, ended.out);
    return ended.err;
  };
  assert.match(bad('--measure', 'utilsation'), 'nearest  utilisation');
  assert.match(bad('--measure', 'load'), '--network');
  assert.match(bad('--network', 'NNA'), 'no such network');
  assert.match(bad('--range', 'NAN.rate=20'), 'the least and the most');
  assert.match(bad('--range', 'NAN.rate=20..10 kbit/s'), 'not below');
  assert.match(bad('--range', 'NAN.rate=10..20'), 'WRONG_UNIT');
  assert.not(existsSync(join(home, 'bad')));
});

others.run();
