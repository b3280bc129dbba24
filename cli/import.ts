import { basename, resolve } from 'node:path';
import { formatDiagnostic, InputError } from '../base/diagnostics.js';
import { version } from '../base/version.js';
import { checkTarget, writeFolder } from '../reports/folder.js';
import { IMPORT_FILE } from '../reports/own-files.js';
import { slug } from '../scenarios/import/catalogue-texts.js';
import { type Imported, importRequirements } from '../scenarios/import/import.js';

const IMPORT_VERSION = 1;

export interface ImportOptions {
  readonly output: string;
  readonly force?: boolean;
  readonly partial?: boolean;
  readonly json?: boolean;
}

/**
 * `fanplan import`: a requirements spreadsheet as a catalogue in a folder. With problems nothing is written, unless
 * `--partial` asks for the rows that were read.
 * @throws InputError with every cell that cannot be read; AccessError
 */
export async function importSheet(file: string, options: ImportOptions): Promise<void> {
  checkTarget(options.output, options.force === true);
  const imported = await importRequirements(file, slug(basename(resolve(options.output))));
  if (imported.problems.length > 0 && options.partial !== true) throw new InputError(imported.problems);
  const files = [...imported.texts.keys()].sort();
  const about = { fanplan: version(), importVersion: IMPORT_VERSION, ...summaryOf(file, imported), files };
  const texts = new Map([...imported.texts, [IMPORT_FILE, `${JSON.stringify(about, null, 2)}\n`]]);
  writeFolder(options.output, texts, options.force === true);
  if (imported.problems.length > 0) console.error(`${imported.problems.map(formatDiagnostic).join('\n\n')}\n`);
  if (options.json === true) console.log(JSON.stringify(about, null, 2));
  else console.log(inWords(imported, options.output));
  if (imported.problems.length > 0) process.exitCode = 2;
}

function summaryOf(file: string, { fileHash, catalogue, parents, children, withoutRate, ignored, problems }: Imported) {
  return {
    file: basename(file),
    fileHash,
    catalogue: catalogue.id,
    catalogueHash: catalogue.hash,
    parents,
    children,
    withoutRate,
    ignoredColumns: ignored,
    problems: problems.map(({ path, line, code, message }) => ({ at: path, line, code, message })),
  };
}

function inWords({ catalogue, parents, children, withoutRate, ignored, problems }: Imported, folder: string): string {
  const flows = catalogue.rows.reduce((sum, row) => sum + row.flows.length, 0);
  const lines = [`${parents} parent rows and ${children} child rows, ${flows} flows: ${folder}`];
  if (withoutRate.length > 0) lines.push(`kept, but without a how-often they cannot run: ${withoutRate.join(', ')}`);
  if (ignored.length > 0) lines.push(`columns that mean nothing here: ${ignored.join(', ')}`);
  if (catalogue.missing.length > 0) {
    lines.push(
      `left open, a scenario gives them under missing: ${catalogue.missing.map(({ name }) => name).join(', ')}`,
    );
  }
  if (problems.length > 0) lines.push(`${problems.length} cells could not be read; their rows are left out`);
  lines.push(`in a scenario: catalogues: [./${basename(folder)}]`);
  return lines.join('\n');
}
