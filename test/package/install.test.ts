/** The package as a user gets it: packed, installed in an empty folder, run, imported and type-checked. */
import { execFileSync, type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packageRoot } from '../../base/files.js';
import { emptyFolder } from '../cli/support.js';

const SCENARIO = `name: Mine
profile: ACvIW
useCases: [meter-reading]
deployment: { meters: 200, daps: 1 }
replications: 2
`;

const CONSUMER = `import { compile, type FlowResult, loadScenario, type Plan, type Results, simulate, writeResults } from 'fanplan';

const plan: Plan = compile(loadScenario('mine.yaml'));
const results: Results | undefined = await simulate(plan, { replications: 1, workers: 1 });
if (results === undefined) throw new Error('interrupted');
const worst: FlowResult | undefined = results.flows.find((flow) => flow.verdict === 'fail');
await writeResults('from-library', results, { formats: ['csv'], force: false });
console.log(JSON.stringify({ flows: results.flows.length, failed: worst?.flow ?? null }));
`;

const folder = emptyFolder();
const home = join(folder, 'home');
mkdirSync(home);
const npm = (args: readonly string[], cwd: string): SpawnSyncReturns<string> =>
  spawnSync('npm', [...args], { cwd, encoding: 'utf8', maxBuffer: 1 << 26 });

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

// Without scripts: the tests run from the build that would be packed, and another build would disturb them.
const [packed] = JSON.parse(
  execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--silent', '--pack-destination', folder], {
    cwd: packageRoot,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }),
) as [Packed];
const paths = packed.files.map((file) => file.path);

const contents = suite('npm pack');

contents('has the program, its types, the data and the ready-made scenarios', () => {
  for (const path of [
    'package.json',
    'LICENSE',
    'README.md',
    'CHANGELOG.md',
    'dist/index.js',
    'dist/index.d.ts',
    'dist/cli/main.js',
    'dist/bundle/bin.js',
    'dist/bundle/program.cjs',
    'dist/bundle/engine-worker.js',
    'dist/bundle/LICENSES.txt',
    'dist/sim/engine-worker.js',
    'dist/payloads/sg-network.json',
    'payloads/sg-network/meter-reading.yaml',
    'payloads/sg-network/missing.yaml',
    'topologies/actors.yaml',
    'topologies/data-flows.yaml',
    'topologies/networks.yaml',
    'scenarios/first-look.yaml',
    'scenarios/worked-example.yaml',
    'reports/assets/report.css',
  ]) {
    assert.ok(paths.includes(path), `${path} is missing`);
  }
  assert.ok(
    paths.some((path) => /^dist\/code-cache\/\w+\.bin$/.test(path)),
    'the code that the build kept is missing',
  );
});

contents('has no tests, no benches, no proofs, no sources, nothing that only the build needs', () => {
  const unwanted = paths.filter(
    (path) =>
      /(^|\/)(test|bench|prove|validate|scripts|node_modules|\.build|\.ci)\//.test(path) ||
      /(?<!\.d)\.ts$|tsbuildinfo|\.map$/.test(path),
  );
  assert.equal(unwanted, []);
});

contents.run();

writeFileSync(
  join(home, 'package.json'),
  '{ "name": "consumer", "version": "1.0.0", "type": "module", "private": true }\n',
);
writeFileSync(join(home, 'mine.yaml'), SCENARIO);
writeFileSync(join(home, 'consumer.ts'), CONSUMER);
const installed = npm(
  ['install', '--prefer-offline', '--no-audit', '--no-fund', '--silent', join(folder, packed.filename)],
  home,
);

const install = suite('the installed package');

install('installs with its dependencies', () => {
  assert.is(installed.status, 0, installed.stderr);
  assert.ok(existsSync(join(home, 'node_modules', 'fanplan', 'dist', 'index.js')));
});

install('npx fanplan runs a scenario of the user', () => {
  const { status, stdout, stderr } = npm(['exec', '--', 'fanplan', 'run', 'mine.yaml', '-o', 'out'], home);
  assert.is(status, 0, stderr);
  assert.match(stdout, /report\.html/);
  for (const file of ['flows.arrow', 'report.html', 'run.json']) assert.ok(existsSync(join(home, 'out', file)), file);
});

install('and the ready-made first look in closed form', () => {
  const firstLook = join('node_modules', 'fanplan', 'scenarios', 'first-look.yaml');
  const { status, stderr } = npm(['exec', '--', 'fanplan', 'run', firstLook, '-e', 'closed-form', '-q'], home);
  assert.is(status, 0, stderr);
  const run = JSON.parse(readFileSync(join(home, 'results', 'first-look', 'run.json'), 'utf8')) as { engine: string };
  assert.is(run.engine, 'closed-form');
});

install('its types check a strict program that uses them, and the program runs', () => {
  // Types of Node come with every TypeScript program on it; they are not the package's to bring.
  mkdirSync(join(home, 'node_modules', '@types'), { recursive: true });
  for (const types of ['node']) {
    const target = join(home, 'node_modules', '@types', types);
    if (!existsSync(target)) symlinkSync(join(packageRoot, 'node_modules', '@types', types), target, 'dir');
  }
  const tsc = join(packageRoot, 'node_modules', 'typescript', 'bin', 'tsc');
  const options = [
    '--strict',
    '--target',
    'es2022',
    '--module',
    'nodenext',
    '--skipLibCheck',
    'false',
    '--types',
    'node',
  ];
  const checked = spawnSync(process.execPath, [tsc, ...options, 'consumer.ts'], { cwd: home, encoding: 'utf8' });
  assert.is(checked.status, 0, checked.stdout);
  const ran = spawnSync(process.execPath, ['consumer.js'], { cwd: home, encoding: 'utf8' });
  assert.is(ran.status, 0, ran.stderr);
  assert.ok((JSON.parse(ran.stdout) as { flows: number }).flows > 0);
  assert.ok(existsSync(join(home, 'from-library', 'flows.csv')));
});

install('nothing but what is exported can be imported', () => {
  const script = "import('fanplan/dist/sim/simulate.js').then(() => process.exit(1), (e) => console.log(e.code))";
  const { stdout } = spawnSync(process.execPath, ['-e', script], { cwd: home, encoding: 'utf8' });
  assert.is(stdout.trim(), 'ERR_PACKAGE_PATH_NOT_EXPORTED');
});

install.run();
