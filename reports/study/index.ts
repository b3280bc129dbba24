/** What a study needs to be reported. */
export { commandLine } from '../command-line.js';
export { studySummary, writeStudy } from './folder.js';
export { studyPage } from './page.js';
export type {
  Answer,
  Fact,
  Finding,
  Statement,
  StudyInfo,
  StudyReport,
  StudyTable,
} from './study.js';
export { STUDY_VERSION } from './study.js';
export { studySummaryText } from './summary-text.js';
export { studyTables } from './tables.js';
