/** The tables of a study as files hold them. */
import { version } from '../../base/version.js';
import { assumptionColumns } from '../columns.js';
import type { Table } from '../tables.js';
import { STUDY_VERSION, type StudyInfo, type StudyReport, type StudyTable } from './study.js';

/** The study's own tables, then its assumptions. */
export function studyTables(study: StudyReport): Table[] {
  const assumptions: StudyTable = {
    name: 'assumptions',
    title: 'Assumptions',
    description: 'Every default, choice and reading that entered the study',
    columns: assumptionColumns,
    rows: study.assumptions,
  };
  return [...study.tables, assumptions].map((table) => ({
    name: table.name,
    description: table.description,
    columns: table.columns,
    rows: table.rows,
    metadata: metadata(study.info, table),
  }));
}

/** What makes these tables recognisable later; nothing that differs between two runs of one study. */
function metadata(info: StudyInfo, table: StudyTable): Readonly<Record<string, string>> {
  return {
    table: table.name,
    description: table.description,
    fanplan: version(),
    studyVersion: String(STUDY_VERSION),
    verb: info.verb,
    command: info.command,
    scenarios: JSON.stringify(info.scenarios),
    catalogueHash: info.catalogueHash,
    seed: info.seed,
    engine: info.engine,
    replications: String(info.replications),
  };
}
