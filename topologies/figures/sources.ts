import { nearestTo } from '../../base/nearest.js';
import { compileSchema, schemaProblems } from '../../base/schema-errors.js';
import { PositionedYaml, type Problem } from '../../base/yaml.js';

/** Where a figure comes from. */
export interface Source {
  readonly kind: 'published' | 'computed' | 'assumption';
  /** Title and place of what is cited, the formula, or the reason of the assumption. */
  readonly text: string;
  /** Published only: false where the figure is cited without the document having been read again for this library. */
  readonly read?: boolean;
}

/** A document of `sources.yaml`. */
export interface Document {
  readonly key: string;
  readonly title: string;
  /** Whether the place cited was read when the figures were written down. */
  readonly read: boolean;
}

const text = { type: 'string', minLength: 1 };
const documentsSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['sources'],
  properties: {
    sources: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['key', 'title', 'read'],
        properties: {
          key: { ...text, pattern: '^[^,:]+$', description: 'a short name without comma and colon, e.g. RFC 768' },
          title: text,
          read: { type: 'boolean' },
        },
      },
    },
  },
};

/** @throws InputError with every problem of the file */
export function loadDocuments(file: string, yamlText: string): ReadonlyMap<string, Document> {
  const yaml = new PositionedYaml(file, yamlText);
  const documents = new Map<string, Document>();
  if (schemaProblems(yaml, compileSchema(documentsSchema))) {
    (yaml.value as { sources: Document[] }).sources.forEach((document, i) => {
      if (documents.has(document.key)) {
        const message = 'the name stands for another document already';
        yaml.report(['sources', i, 'key'], { code: 'DUPLICATE', message, found: document.key });
      }
      documents.set(document.key, document);
    });
  }
  yaml.throwIfBad();
  return documents;
}

/**
 * Reads a written source: `KEY`, `KEY, place` or `KEY: what it says` for a document, `computed: formula`, or `assumption: reason`.
 * @returns the problem when there is no such document, or nothing follows the colon
 */
export function readSource(
  written: string,
  documents: ReadonlyMap<string, Document>,
): { source: Source } | { problem: Problem } {
  const said = /^(assumption|computed):\s*(.*)$/s.exec(written);
  if (said !== null) {
    if (said[2] !== '') return { source: { kind: said[1] as 'assumption' | 'computed', text: said[2]! } };
    const message = said[1] === 'assumption' ? 'the assumption has no reason' : 'the computation has no formula';
    return { problem: { code: 'SYNTAX', message, found: written } };
  }
  const key = /^[^,:]*/.exec(written)![0];
  const document = documents.get(key);
  if (document !== undefined) {
    const text = document.title + written.slice(key.length);
    return { source: { kind: 'published', text, read: document.read } };
  }
  return {
    problem: {
      code: 'UNKNOWN_NAME',
      message: 'there is no such source',
      found: key,
      allowed: 'a key of sources.yaml with a place after a comma, or assumption: reason, or computed: formula',
      ...nearestTo(key, documents.keys()),
    },
  };
}

/** One line for people: what kind of source, and whether the document was read. */
export function sourceText(source: Source): string {
  if (source.kind !== 'published') return `${source.kind}: ${source.text}`;
  return source.read === true ? source.text : `${source.text} (cited, not read again)`;
}
