/**
 * Part of the build: the command line as one file in `dist/bundle/`, and its threads as a few (bundle-thread.ts has the engine's), made
 * of the compiled modules and of the libraries named here, for `fanplan` as it is installed; `import 'fanplan'` and the tests have the
 * modules. Node finds and reads a few files in a third of the time that it takes for hundreds. Not minified: a stack trace names
 * functions and lines. Beside it, of mathjs what plain numbers need, for all.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { BUNDLE, OWN_URL } from '../base/bundled-file.js';
import { packageRoot } from '../base/files.js';
import { ARITHMETIC_FILE, FUNCTIONS } from '../scenarios/expression.js';
import { bundleThread } from './bundle-thread.js';

const dist = join(packageRoot, 'dist');

/**
 * Libraries of many files that are needed at once, and the one that `require` does not take. All others stay where they are: what is
 * seldom used, native, or has threads of its own.
 */
const LIBRARIES =
  /^(commander|yaml|luxon|seedrandom|picocolors|cli-progress|fastest-levenshtein|d3-dsv|hyparquet-writer|@dagrejs\/|@stdlib\/)/;

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

/** JavaScript for the URL of a module of `dist/`, to be evaluated in the bundle. */
function ownUrl(path: string): string {
  return `new URL('${relative(BUNDLE, path).split(sep).join('/')}', import.meta.url).href`;
}

/** Modules find their data beside their own place in `dist/`, threads beside the bundle. */
const places: Plugin = {
  name: 'modules know their place',
  setup({ onLoad }) {
    onLoad({ filter: /\.js$/ }, ({ path }) => {
      if (!path.startsWith(dist + sep)) return undefined;
      const contents = readFileSync(path, 'utf8')
        .replace(/(?<!-worker\.js', )\bimport\.meta\.url\b/g, ownUrl(path))
        .replace(/(?<=drawing-worker)\.js(?=', import\.meta\.url)/g, '.cjs');
      return { contents, loader: 'js' };
    });
  },
};

rmSync(BUNDLE, { recursive: true, force: true });
const all = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  metafile: true as const,
  logLevel: 'warning',
  plugins: [others, places],
} satisfies BuildOptions;
/** Files for `bundledFile`. */
const evaluated = {
  ...all,
  format: 'cjs',
  define: { 'import.meta.url': OWN_URL },
  supported: { 'dynamic-import': false }, // only modules can import
  legalComments: 'none', // in LICENSES.txt
} satisfies BuildOptions;
/** A CommonJS file that Node itself starts. */
const started = {
  ...all,
  format: 'cjs',
  define: { 'import.meta.url': OWN_URL },
  banner: { js: `const ${OWN_URL} = require('node:url').pathToFileURL(__filename).href;` },
} satisfies BuildOptions;

await bundleThread(ownUrl);
const builds = await Promise.all([
  build({ ...evaluated, entryPoints: [join(dist, 'cli', 'program.js')], outfile: join(BUNDLE, 'program.cjs') }),
  build({
    ...started,
    entryPoints: [join(dist, 'reports', 'drawing-worker.js')],
    outfile: join(BUNDLE, 'drawing-worker.cjs'),
  }),
  build({ ...all, entryPoints: [join(dist, 'cli', 'bundled-bin.js')], outfile: join(BUNDLE, 'bin.js'), format: 'esm' }),
  build({
    ...all,
    stdin: {
      contents: `import { create, ${ARITHMETIC} } from 'mathjs/number';\nmodule.exports = create({ ${ARITHMETIC} });`,
      resolveDir: packageRoot,
    },
    outfile: ARITHMETIC_FILE,
    format: 'cjs',
    plugins: [],
  }),
]);
const outputs = builds.flatMap(({ metafile }) => Object.values(metafile.outputs));
writeFileSync(join(BUNDLE, 'LICENSES.txt'), licenses(outputs.flatMap(({ inputs }) => Object.keys(inputs))));

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
