import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fanplan, shell } from './support.js';

const folder = mkdtempSync(join(tmpdir(), 'fanplan-planner-'));
const TOWN = `name: Town
profile: ACvW
useCases: [meter-events]
deployment: { meters: 60, metersPerDap: 30 }
warmUp: none
links:
  all: { rate: unlimited, delay: 0 s, overhead: 0 B }
  NAN: { rate: 20 kbit/s, delay: 5 ms, overhead: 60 B }
`;
writeFileSync(join(folder, 'town.yaml'), TOWN);

const planner = suite('size and check');

planner.after(() => rmSync(folder, { recursive: true, force: true }));

planner('check prints one command that gives the same verdicts and tables again', () => {
  const first = fanplan(
    ['check', 'town.yaml', '-n', '2', '--most-replications', '2', '--no-largest', '--json', '-o', 'a'],
    { cwd: folder },
  );
  const { command, answer } = JSON.parse(first.out) as { command: string; answer: unknown };
  assert.match(command, /^fanplan check town.yaml --network NAN/);
  const page = readFileSync(join(folder, 'a', 'report.html'), 'utf8');
  assert.match(page, 'PAP02 verdict');
  assert.match(page, command);
  const again = shell(`${command} --json -o b`, folder);
  assert.equal((JSON.parse(again.out) as { answer: unknown }).answer, answer);
  for (const table of ['technologies', 'payloads', 'missing', 'assumptions']) {
    assert.equal(
      readFileSync(join(folder, 'b', `${table}.arrow`)),
      readFileSync(join(folder, 'a', `${table}.arrow`)),
      table,
    );
  }
  assert.is(again.code, first.code);
});

planner('check never states that requirements are met when use cases were left out, and says so at once', () => {
  const { out } = fanplan(['check', 'town.yaml', '-n', '2', '--most-replications', '4', '--no-largest', '-o', 'said'], {
    cwd: folder,
  });
  assert.match(out, /^Every payload in scope passes/);
  assert.match(
    out,
    /no statement for the whole of profile \w+, \d+ things missing; the report names all\n.*left out, use case/,
  );
  const page = readFileSync(join(folder, 'a', 'report.html'), 'utf8');
  assert.match(page, 'It cannot be stated that');
  assert.not.match(page, /meets the SG-Network requirements/);
  assert.match(page, 'use case service-switch is not in the scenario');
});

planner('check ends with 1 when a requirement fails', () => {
  writeFileSync(join(folder, 'slow.yaml'), TOWN.replace('20 kbit/s', '10 bit/s').replace('duration', '#'));
  const { code, out } = fanplan(
    ['check', 'slow.yaml', '-n', '2', '--most-replications', '2', '--no-largest', '-o', 'slow'],
    { cwd: folder },
  );
  assert.is(code, 1);
  assert.match(out, 'Requirements fail over NAN');
});

planner('size says what it found and how to get it again', () => {
  const { code, out } = fanplan(
    ['size', 'town.yaml', '--vary', 'NAN.rate=50,100,20000 bit/s', '--json', '-q', '-o', 'size'],
    { cwd: folder },
  );
  assert.is(code, 0);
  const { answer, command, tables } = JSON.parse(out) as {
    answer: { verdict: string };
    command: string;
    tables: { tried: { role: string }[] };
  };
  assert.is(answer.verdict, 'pass');
  assert.match(command, "'NAN.rate=50,100,20000 bit/s'");
  assert.ok(
    tables.tried.some(({ role }) => role === 'found') && tables.tried.some(({ role }) => role === 'one step less'),
  );
});

planner('bad options are answered with what is allowed, and nothing is written', () => {
  // Firmware goes out at highload alone.
  const firmware =
    'name: Firmware\nprofile: AHEM3CvIW\ndeployment: { meters: 100, daps: 1 }\nuseCases: [firmware-program-update]';
  writeFileSync(join(folder, 'firmware.yaml'), firmware);
  const cases: readonly (readonly [args: readonly string[], answer: RegExp])[] = [
    [['size', 'town.yaml', '--vary', 'NAN.rat'], /NAN\.rate, NAN\.technology/],
    [['size', 'town.yaml', '--load', 'stormm'], /baseload, highload/],
    [['size', 'town.yaml', '--headroom', '2'], /a share/],
    [['size', 'town.yaml', '--growth', 'town.yaml'], /no forecast/],
    [['check'], /neither a scenario nor a technology/],

    [['check', '--technology', 'wi-sun-fsk-150', '--network', 'NAM'], /nearest +NAN/],
    [['check', '--technology', 'wi-sun-fsk-150', '--profile', 'DCSIRsF'], /nothing crosses the NAN/],
    [['check', 'firmware.yaml', '--network', 'NAN', '--load', 'highload,baseload'], /nothing crosses .* at baseload/],
    [
      ['check', 'firmware.yaml', '--network', 'NAN', '--technology', 'lte-m,nb-iot', '--load', 'highload,baseload'],
      /nothing crosses .* at baseload/,
    ],
    [['check', '--technology', 'wi-sun-fsk-150', '--endpoints-per-dap', '60000'], /50000/],
    [['check', '--technology', 'wi-sun-fsk-150', '--search-replications', '1'], /at least 2/],
  ];
  for (const [args, answer] of cases) {
    const { code, err } = fanplan([...args, '-o', 'none', '-q'], { cwd: folder });
    assert.is(code, 2, `${args.join(' ')}: ${err}`);
    assert.match(err, answer);
    assert.equal(
      readdirSync(folder).filter((name) => name.startsWith('none')),
      [],
    );
  }
});

planner.run();
