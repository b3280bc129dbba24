/**
 * Part of the build: what the command line loads at once as a few files in `dist/bundle/`, made of the compiled modules and of the
 * libraries named here, for `fanplan` as it is installed; `import 'fanplan'` and the tests have the modules. Node finds and reads a
 * few files in a third of the time that it takes for hundreds. Not minified: a stack trace names functions and files.
 * Beside it, of mathjs what plain numbers need, for all.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { packageRoot } from '../base/files.js';
import { ARITHMETIC_FILE, FUNCTIONS } from '../scenarios/expression.js';

const dist = join(packageRoot, 'dist');
const bundle = join(dist, 'bundle');

/** The program, and its threads, which are found by these names beside it. */
const ENTRIES = ['cli/bin.js', 'sim/replication-worker.js', 'sim/team-worker.js', 'reports/drawing-worker.js'];

/** Libraries of many files that are needed at once. All others stay where they are: what is seldom used, native, or has threads of its own. */
const LIBRARIES =
  /^(commander|yaml|luxon|seedrandom|picocolors|cli-progress|fastest-levenshtein|d3-dsv|@dagrejs\/|@stdlib\/)/;

/** What of mathjs expressions may use (scenarios/expression.ts). */
const ARITHMETIC = [
  'parse',
  'SymbolNode',
  'add',
  'subtract',
  'multiply',
  'divide',
  'pow',
  'unaryMinus',
  'unaryPlus',
  ...FUNCTIONS,
]
  .map((name) => `${name}Dependencies`)
  .join(', ');

const others: Plugin = {
  name: 'other libraries stay outside',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, importer, kind }) => {
      const isOurs = !importer.includes(`${sep}node_modules${sep}`);
      return kind !== 'entry-point' && isOurs && !LIBRARIES.test(path) ? { path, external: true } : undefined;
    });
  },
};

/** Modules find their data beside their own place in `dist/`, threads beside the bundle. */
const places: Plugin = {
  name: 'modules know their place',
  setup({ onLoad }) {
    onLoad({ filter: /\.js$/ }, ({ path }) => {
      if (!path.startsWith(dist + sep)) return undefined;
      const place = relative(bundle, path).split(sep).join('/');
      const own = `new URL('${place}', import.meta.url).href`;
      const source = readFileSync(path, 'utf8');
      return { contents: source.replace(/(?<!-worker\.js', )\bimport\.meta\.url\b/g, own), loader: 'js' };
    });
  },
};

rmSync(bundle, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: ENTRIES.map((entry) => join(dist, entry)),
  outdir: bundle,
  entryNames: '[name]',
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // Libraries that were no ES modules ask for modules of Node.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
  },
  metafile: true,
  logLevel: 'warning',
  plugins: [others, places],
});
const arithmetic = await build({
  stdin: {
    contents: `import { create, ${ARITHMETIC} } from 'mathjs/number';\nmodule.exports = create({ ${ARITHMETIC} });`,
    resolveDir: packageRoot,
  },
  outfile: ARITHMETIC_FILE,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  metafile: true,
  logLevel: 'warning',
});
const outputs = [...Object.values(metafile.outputs), ...Object.values(arithmetic.metafile.outputs)];
writeFileSync(join(bundle, 'LICENSES.txt'), licenses(outputs.flatMap(({ inputs }) => Object.keys(inputs))));

/**
 * What the authors of libraries want to be passed on with them, each text once with the libraries that have it.
 * @param inputs paths of all that is in the bundle
 */
function licenses(inputs: readonly string[]): string {
  const folders = new Set(inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []));
  const librariesOf = new Map<string, string[]>();
  for (const folder of [...folders].sort()) {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const text = licenseText(folder);
    librariesOf.set(text, [...(librariesOf.get(text) ?? []), `${name} ${version}`]);
  }
  return [...librariesOf]
    .map(([text, libraries]) => `${libraries.join('\n')}\n\n${text}`)
    .join(`\n\n${'-'.repeat(80)}\n\n`);
}

/** @throws Error when there is none */
function licenseText(folder: string): string {
  const read = (file: string) => readFileSync(join(folder, file), 'utf8').trim();
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file));
  if (files.length > 0) return files.map(read).join('\n\n');
  const inReadme = /^licen[cs]e.*\n-+\n[\s\S]*/im.exec(read('README.md'));
  if (inReadme === null) throw new Error(`${folder} has no licence`);
  return inReadme[0];
}
