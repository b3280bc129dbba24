/** The tables of a page in docs/systems/: what stands for each line of a document. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../base/files.js';

export interface PageRow {
  /** Heading of the table without its numbers: `Steps`, `Information exchange`. */
  readonly part: string;
  readonly line: number;
  /** Cells between the line and the last. */
  readonly cells: readonly string[];
  readonly standsFor: string;
}

/** Rows of every table whose first column is a line of the document. Pages are only in a clone. */
export function pageRows(id: string): PageRow[] {
  let part = '';
  return readFileSync(join(packageRoot, 'docs', 'systems', `${id}.md`), 'utf8')
    .split('\n')
    .flatMap((text) => {
      part = /^## (.*?)(?: \(.*)?$/.exec(text)?.[1] ?? part;
      const cells = /^\| (\d+) \| (.*) \|$/.exec(text);
      if (cells === null) return [];
      const others = cells[2]!.split(' | ').map((cell) => cell.trim());
      return [{ part, line: Number(cells[1]), cells: others.slice(0, -1), standsFor: others.at(-1)! }];
    });
}

/** Flows (`section/payload`, also with a label) that a text names in code marks. */
export function flowsNamed(text: string): string[] {
  return [...text.matchAll(/`([^`\s]*\/[^`\s]+)`/g)].map(([, name]) => name!).filter((name) => /^\d+\.\d+-/.test(name));
}
