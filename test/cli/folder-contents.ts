/** Folders of results, compared byte for byte. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Name and bytes of every file below the folder; of study.json all but the wall clock. */
export function folderContents(root: string): [string, string][] {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(root, name)).isFile(),
  );
  return files.sort().map((name) => {
    if (name !== 'study.json') return [name, readFileSync(join(root, name)).toString('base64')];
    const { timing: _, ...rest } = JSON.parse(readFileSync(join(root, name), 'utf8')) as { timing: unknown };
    return [name, JSON.stringify(rest)];
  });
}
