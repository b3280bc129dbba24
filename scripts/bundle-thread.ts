/**
 * Part of the build: what the engine's threads run, as one ES module beside the bundle. Not by esbuild, which makes `var` of every
 * constant of a module; V8 takes a number for one only if it is `const` where the code that uses it can see it. Measured: a day of
 * metropolis.yaml with two workers took 59 and 60 s in place of 65 and 69 s, and `run scenarios/first-look.yaml` 2.6 s in place of
 * 2.75 s, though Node keeps no code of modules.
 */
import { join, sep } from 'node:path';
import { rollup } from 'rollup';
import { BUNDLE } from '../base/bundled-file.js';
import { packageRoot } from '../base/files.js';

/**
 * Libraries stay outside.
 * @param ownUrl JavaScript for the URL that a module of `dist/` had, of its path
 * @throws Error when rollup sees anything amiss
 */
export async function bundleThread(ownUrl: (path: string) => string): Promise<void> {
  const bundle = await rollup({
    input: join(packageRoot, 'dist', 'sim', 'engine-worker.js'),
    external: (id) => !/^\.{0,2}\//.test(id) && !id.startsWith(packageRoot + sep),
    plugins: [
      {
        name: 'modules know their place',
        resolveImportMeta: (property, { moduleId }) => (property === 'url' ? ownUrl(moduleId) : null),
      },
    ],
    onwarn: ({ message }) => {
      throw new Error(message);
    },
  });
  await bundle.write({ file: join(BUNDLE, 'engine-worker.js'), format: 'es' });
  await bundle.close();
}
