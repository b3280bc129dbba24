import { existsSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { InputError } from '../base/diagnostics.js';
import { readCatalogueFolder } from '../scenarios/catalogues.js';
import { rowsUnder } from '../scenarios/profile-scope.js';
import { openTopology } from '../scenarios/topology-view.js';
import { decodeProfile, extendModel, NO_PROFILE, ReferenceModel, referenceData } from '../topologies/index.js';
import { columns } from './table.js';

/** The profile that carries most: every actor of the reference architecture that any profile has beside the others. */
const RICHEST = 'ARHEM3CvIW+DCSIRsF';

/**
 * `fanplan catalogue check`: every problem of a catalogue, or of one of its files; what it holds when there is none, and
 * which of its rows no route carries.
 * @throws InputError with the problems
 */
export function checkCatalogue(path: string, { json = false }: { json?: boolean }): void {
  if (!existsSync(path)) {
    throw new InputError([{ code: 'NOT_FOUND', file: path, path: '', message: 'there is no such file or folder' }]);
  }
  const isFile = !statSync(path).isDirectory();
  const { catalogue, system } = readPart(isFile ? dirname(path) : path, isFile ? path : undefined);
  const profile = decodeProfile(catalogue.needsProfile ? RICHEST : NO_PROFILE);
  const systems = new Map(system === undefined ? [] : [[catalogue.id, system] as const]);
  const model = new ReferenceModel(extendModel(referenceData(), systems));
  const stranded = rowsUnder(catalogue, profile, openTopology(profile, model)).filter(
    (row) => row.reason !== undefined,
  );
  const flows = catalogue.rows.reduce((sum, row) => sum + row.flows.length, 0);
  const rows = stranded.map(({ row, reason }) => ({ row: row.id, reason }));
  const { id, useCases, hash } = catalogue;
  if (json) {
    const counts = { useCases: useCases.length, rows: catalogue.rows.length, flows };
    console.log(JSON.stringify({ id, hash, ...counts, stranded: rows }, null, 2));
    return;
  }
  console.log(`${id}: nothing is wrong in ${useCases.length} use cases, ${catalogue.rows.length} rows, ${flows} flows`);
  console.log(catalogue.needsProfile ? 'needs a deployment profile' : 'runs without a deployment profile');
  if (rows.length === 0) return;
  console.log(`\nRows that cannot run under profile ${profile.code}:\n`);
  console.log(
    columns(
      rows.map(({ row, reason }) => [row, reason ?? '']),
      ['row', 'reason'],
    ),
  );
}

/** A catalogue; of one file only its own problems are told when it has some. */
function readPart(folder: string, file: string | undefined): ReturnType<typeof readCatalogueFolder> {
  try {
    return readCatalogueFolder(folder);
  } catch (error) {
    if (!(error instanceof InputError) || file === undefined) throw error;
    const own = error.diagnostics.filter((problem) => basename(problem.file) === basename(resolve(file)));
    throw own.length === 0 ? error : new InputError(own);
  }
}
