/** The page of malformed scenarios: every file of docs/malformed with the answer that it gets. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnostic, formatDiagnostic, InputError } from '../../base/diagnostics.js';
import { packageRoot } from '../../base/files.js';
import { loadScenario } from '../../pipeline.js';

export const PAGE_FILE: string = join(packageRoot, 'docs', 'malformed-scenarios.md');
const FOLDER = join(packageRoot, 'docs', 'malformed');

export interface Malformed {
  readonly file: string;
  /** First line of the file: what is wrong with it. */
  readonly title: string;
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** All files in order. @throws what loadScenario throws besides InputError: a fault of fanplan. */
export function malformedScenarios(): Malformed[] {
  return readdirSync(FOLDER)
    .sort()
    .map((file) => {
      const text = readFileSync(join(FOLDER, file), 'utf8');
      const title = text.split('\n', 1)[0]!.replace(/^# /, '');
      return { file, title, text, diagnostics: diagnose(text, file) };
    });
}

/** The page as Markdown. */
export function malformedPage(): string {
  const entries = malformedScenarios().map(({ file, title, text, diagnostics }) =>
    [
      `## ${title}`,
      `[\`${file}\`](malformed/${file})`,
      `\`\`\`yaml\n${text}\`\`\``,
      `\`\`\`text\n${diagnostics.map(formatDiagnostic).join('\n\n')}\n\`\`\``,
    ].join('\n\n'),
  );
  return `${[
    '# Malformed scenarios and their answers',
    'Each scenario below has a mistake that is easily made, and under it stands what `fanplan run` says about it. All\n' +
      'mistakes of a file come at once, and nothing is computed or written. [errors.md](errors.md) has cause and cure of each\n' +
      'code. This page is made from the files in [malformed/](malformed) by `npm run malformed-page`.',
    ...entries,
  ].join('\n\n')}\n`;
}

function diagnose(text: string, file: string): readonly Diagnostic[] {
  try {
    loadScenario({ text, file });
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.diagnostics;
    throw error;
  }
}
