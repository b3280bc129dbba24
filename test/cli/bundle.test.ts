/** The bundle that users have, beside the modules that all other tests run. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packageRoot } from '../../base/files.js';
import { folderContents } from './folder-contents.js';
import { bin, emptyFolder } from './support.js';

const bundle = join(packageRoot, 'dist', 'bundle');
const home = emptyFolder();
writeFileSync(
  join(home, 'small.yaml'),
  `name: Small
profile: ACvIW
useCases: [meter-reading]
deployment: { meters: 300, daps: ceil(meters.electric.total / 200) }
links: { NAN: { technology: wi-sun-fsk-150 } }
duration: 1 hr
warmUp: none
replications: 2
`,
);

const ran = (program: string, args: string) =>
  execFileSync(process.execPath, [program, ...args.split(' ')], { cwd: home, encoding: 'utf8' });
/** All but what tells the time. */
const contents = (folder: string) =>
  folderContents(join(home, folder)).filter(([name]) => name !== 'run.json' && name !== 'report.html');

const bundled = suite('the bundle');

bundled('writes what the modules write, in every format, byte for byte', () => {
  const formats = '--format csv parquet xlsx png -w 2 -q -o';
  ran(bin, `run small.yaml ${formats} modules`);
  ran(join(bundle, 'bin.js'), `run small.yaml ${formats} bundle`);
  assert.equal(contents('bundle'), contents('modules'));
});

bundled('prints what the modules print', () => {
  for (const args of ['--help', 'technologies', 'catalogue list', 'profiles AHEM3CvIW', 'plan small.yaml', 'schema']) {
    assert.is(ran(join(bundle, 'bin.js'), args), ran(bin, args), args);
  }
});

bundled('takes all code that the build kept', () => {
  const watched = `const vm = require('node:vm');
const { Script } = vm;
vm.Script = class extends Script {
  constructor(text, options) {
    super(text, options);
    console.log(options.filename.split(/[\\\\/]/).pop(), options.cachedData !== undefined && !this.cachedDataRejected);
  }
};
require('node:module').syncBuiltinESMExports();
process.argv.push('run', 'small.yaml', '-e', 'closed-form', '-q', '-o', 'kept');
import(${JSON.stringify(pathToFileURL(join(bundle, 'bin.js')).href)});`;
  const told = execFileSync(process.execPath, ['-e', watched, '-'], { cwd: home, encoding: 'utf8' });
  const files = [
    'Arrow.esnext.min.js',
    'arithmetic.cjs',
    'program.cjs',
    'validator-technologies.cjs',
    'vega-lite.min.js',
    'vega.min.js',
  ];
  assert.equal(
    told.trim().split('\n').sort(),
    files.map((file) => `${file} true`),
  );
});

bundled('works with a V8 of other flags, for which no code was kept', () => {
  const told = execFileSync(process.execPath, ['--max-lazy', join(bundle, 'bin.js'), 'technologies'], {
    encoding: 'utf8',
  });
  assert.is(told, ran(bin, 'technologies'));
});

for (const name of ['engine-worker.js', 'drawing-worker.cjs']) {
  bundled(`starts its thread ${name}`, async () => {
    const isLoading = new Int32Array(new SharedArrayBuffer(4)).fill(1);
    const v8Flags = new Int32Array(new SharedArrayBuffer(20));
    v8Flags[0] = 1; // one that loads
    const thread = new Worker(join(bundle, name), { workerData: { isLoading, v8Flags } });
    const fault = new Promise((resolve) => thread.on('error', resolve));
    while (Atomics.load(isLoading, 0) === 1) {
      assert.is(await Promise.race([fault, new Promise((resolve) => setTimeout(resolve, 5))]), undefined);
    }
    assert.is(Atomics.load(v8Flags, 0), 0);
    thread.unref(); // it ends with this process: nobody waits for that, which was seen to take for ever
  });
}

bundled('names every library that it has, with its licence', () => {
  const licenses = readFileSync(join(bundle, 'LICENSES.txt'), 'utf8');
  for (const library of ['commander', 'luxon', 'seedrandom', '@stdlib/stats-base-dists-t-quantile', 'yaml']) {
    assert.match(licenses, new RegExp(`^${library} \\d`, 'm'));
  }
});

bundled.run();
