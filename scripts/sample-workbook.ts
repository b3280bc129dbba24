/**
 * `npm run sample-workbook`: writes payloads/samples/requirements.xlsx from the two comma-separated files beside it, each
 * of which becomes a sheet in the layout of the original spreadsheet.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { csvParseRows } from 'd3-dsv';
import { packageRoot } from '../base/files.js';
import { workbookOf } from './workbook.js';

const folder = join(packageRoot, 'payloads', 'samples');
const rowsOf = (name: string) => csvParseRows(readFileSync(join(folder, name), 'utf8'));
const bytes = await workbookOf([
  ['Reqmnts-Combined', rowsOf('requirements.csv')],
  ['Payload_attrib_LIC-CIA-rtnl', rowsOf('payload-attributes.csv')],
]);
writeFileSync(join(folder, 'requirements.xlsx'), bytes);
