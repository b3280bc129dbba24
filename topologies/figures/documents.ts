import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../base/files.js';
import { type Document, loadDocuments } from './sources.js';

/** The documents of topologies/sources.yaml. @throws InputError when the file is wrong */
export function documentsOfPackage(): ReadonlyMap<string, Document> {
  const text = readFileSync(join(packageRoot, 'topologies', 'sources.yaml'), 'utf8');
  return loadDocuments('topologies/sources.yaml', text);
}
