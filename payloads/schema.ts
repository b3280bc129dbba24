/**
 * JSON Schemas (2020-12) of the files of a catalogue folder, and the TypeScript shapes of what fits them. They say what
 * an editor can check; that names exist and cells parse is checked by the loader.
 */
import { type Answer, ASSUMABLE, type Assumed, type LoadCase, type PayloadType, type RowOrigin } from './types.js';

export const PAYLOAD_TYPES: readonly PayloadType[] = [
  'cmd',
  'resp-data',
  'ack',
  'alarm',
  'alert',
  'cmd-err',
  'comm-err',
  'negot-thrd',
];
export const CELL_NAMES = [
  'baseload',
  'highload',
  'from',
  'to',
  'reliability',
  'latency',
  'when',
  'howOften',
  'size',
] as const;
export type CellName = (typeof CELL_NAMES)[number];

/** A cell text; YAML reads `25` as a number and `0` too, which is meant as printed. */
export type CellText = string | number;

/** An answer as written: `after` is a time such as `2 min`. */
export type AnswerEntry = Pick<Answer, 'to' | 'share' | 'oneOf'> & { readonly after?: CellText };

export interface FlowEntry {
  readonly label?: string;
  readonly from?: readonly string[];
  readonly to?: readonly string[];
  readonly loads?: readonly LoadCase[];
  readonly mode?: string;
  readonly cast?: 'unicast' | 'multicast' | 'broadcast';
  readonly howOften?: CellText;
  readonly latency?: CellText;
  readonly reliability?: CellText;
  readonly when?: CellText;
  readonly size?: CellText;
  readonly event?: string;
  readonly coupling?: 'residential-interval' | 'commercial-interval';
  readonly answers?: AnswerEntry;
  readonly needs?: readonly string[];
  readonly choice?: { readonly of: string; readonly is: string };
  readonly missing?: Readonly<Record<string, string>>;
  readonly reading?: string;
  readonly assumed?: Assumed;
}

export interface RowEntry {
  readonly payload: string;
  readonly type: PayloadType;
  readonly attributes?: CellText;
  readonly origin?: Exclude<RowOrigin, 'listed'>;
  readonly copyOf?: string;
  /** As printed; absent in rows of origin `prose` only. */
  readonly cells?: Readonly<Partial<Record<CellName, CellText>>>;
  readonly note?: string;
  readonly lines?: CellText;
  readonly flows?: readonly FlowEntry[];
  readonly answers?: AnswerEntry;
  readonly missing?: Readonly<Record<string, string>>;
  readonly readings?: readonly string[];
}

export interface PayloadEntry {
  readonly lics?: CellText | null;
  readonly cia?: CellText | null;
  readonly section: string;
  readonly type?: PayloadType;
}

export interface UseCaseFile {
  readonly catalogue: number;
  readonly system: string;
  readonly source: string;
  readonly useCase: {
    readonly id: string;
    readonly name: string;
    readonly section: string;
    readonly prerequisites: readonly string[];
    readonly thirdParty: boolean;
  };
  readonly payloads?: Readonly<Record<string, PayloadEntry>>;
  readonly scenarios?: readonly {
    readonly section: string;
    readonly title: string;
    readonly rows: readonly RowEntry[];
  }[];
}

const text = { type: 'string', minLength: 1 };
const texts = { type: 'array', items: text };
const cell = { type: ['string', 'number'], description: 'a cell text as printed' };
const section = {
  type: 'string',
  pattern: '^[0-9A-Za-z]+([.-][0-9A-Za-z]+)*$',
  description: 'a section in quotes, e.g. "4.10.4.4", or its label, e.g. CORE-01',
};
const range = {
  description: 'a number, or { least, most }',
  anyOf: [
    { type: 'number', minimum: 0 },
    object({ least: { type: 'number', minimum: 0 }, most: { type: 'number', minimum: 0 } }, ['least', 'most']),
  ],
};
const payloadType = { enum: PAYLOAD_TYPES };
const symbols = {
  type: 'object',
  additionalProperties: text,
  description: 'symbols of the cell with the names of their missing values, e.g. { x: bulkFilesPerDay }',
};
const answers = object(
  {
    to: { ...text, description: 'a payload, a row (section/payload) or a flow (section/payload/label)' },
    share: {
      description: 'each, printed, or a probability',
      anyOf: [{ enum: ['each', 'printed'] }, { type: 'number', minimum: 0, maximum: 1 }],
    },
    oneOf: { const: true, description: 'true: excludes the other answers of its command that say so' },
    after: { ...text, description: 'a time between the delivery and the answer, e.g. 2 min' },
  },
  ['to', 'share'],
);
const casts = ['unicast', 'multicast', 'broadcast'];

const flow = object({
  label: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]*$', description: 'lower-case words with hyphens' },
  from: { ...texts, minItems: 1 },
  to: { ...texts, minItems: 1 },
  loads: { type: 'array', items: { enum: ['baseload', 'highload'] }, uniqueItems: true },
  mode: text,
  cast: { enum: casts },
  howOften: cell,
  latency: cell,
  reliability: cell,
  when: cell,
  size: cell,
  event: text,
  coupling: { enum: ['residential-interval', 'commercial-interval'] },
  answers,
  needs: texts,
  choice: object({ of: text, is: text }, ['of', 'is']),
  missing: symbols,
  reading: text,
  assumed: {
    ...object(Object.fromEntries(ASSUMABLE.map((name) => [name, text]))),
    description: 'figures that the source does not state, with the reason of each, e.g. { size: a page of 200 fields }',
  },
});

const row = object(
  {
    payload: text,
    type: payloadType,
    attributes: { type: ['string', 'number'] },
    origin: { enum: ['printed', 'derived', 'detail', 'prose'] },
    copyOf: { ...text, description: 'section/payload of the row that this one copies' },
    cells: object(Object.fromEntries(CELL_NAMES.map((name) => [name, cell]))),
    flows: { type: 'array', minItems: 1, items: flow },
    answers,
    missing: symbols,
    readings: texts,
    note: { ...text, description: 'what the document says, in your own words' },
    lines: { type: ['string', 'number'], description: 'lines of the document, e.g. "120-131"' },
  },
  ['payload', 'type'],
);

/** One use case: `payloads/sg-network/<id>.yaml`. */
export const useCaseSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'fanplan catalogue: one use case',
  ...object(
    {
      catalogue: { const: 1, description: '1, the version of this format' },
      system: text,
      source: text,
      useCase: object({ id: text, name: text, section, prerequisites: texts, thirdParty: { type: 'boolean' } }, [
        'id',
        'name',
        'section',
        'prerequisites',
        'thirdParty',
      ]),
      payloads: {
        type: 'object',
        additionalProperties: object(
          {
            lics: { type: ['string', 'number', 'null'] },
            cia: { type: ['string', 'null'] },
            section,
            type: payloadType,
          },
          ['section'],
        ),
      },
      scenarios: {
        type: 'array',
        items: object({ section, title: text, rows: { type: 'array', minItems: 1, items: row } }, [
          'section',
          'title',
          'rows',
        ]),
      },
    },
    ['catalogue', 'system', 'source', 'useCase'],
  ),
};

/** `catalogue.yaml`: who a catalogue is. Its id stands before the ids of all its rows. */
export const headSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'fanplan catalogue: its head',
  ...object(
    {
      catalogue: { const: 1, description: '1, the version of this format' },
      id: {
        type: 'string',
        pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$',
        description: 'small letters, digits and hyphens',
      },
      title: text,
      document: text,
      profile: {
        enum: ['required', 'optional'],
        description: 'required, or optional where its actors exist without AMI and distribution automation',
      },
    },
    ['catalogue', 'id', 'title', 'profile'],
  ),
};

/** The lists beside the use cases; each file is one list. */
export const listSchemas = {
  populations: list(
    object(
      {
        name: text,
        aliases: texts,
        actors: texts,
        count: { type: ['string', 'number'] },
        description: text,
        needs: texts,
      },
      ['name', 'actors', 'count', 'description'],
    ),
  ),
  events: list(
    object(
      {
        name: text,
        aliases: texts,
        scope: { enum: ['system', 'device'], description: 'system or device' },
        perYear: range,
        source: { ...text, description: 'a section, or "assumption: " and the reason' },
        needs: texts,
      },
      ['name', 'scope', 'perYear', 'source'],
    ),
  ),
  missing: list(
    object(
      {
        name: text,
        value: { type: ['number', 'string'], description: 'a number, or an expression over the deployment' },
        unit: { type: 'string' },
        reason: text,
      },
      ['name', 'value', 'unit', 'reason'],
    ),
  ),
  counts: list(
    object(
      {
        name: { type: 'string', pattern: '^[a-z][A-Za-z0-9]*$', description: 'letters and digits, e.g. dgCustomers' },
        kind: { enum: ['count', 'mean', 'share'] },
        value: { type: ['number', 'string'], description: 'a number, or an expression over the deployment' },
        unit: { type: 'string' },
        reason: text,
        source: { ...text, description: 'a section of the document, or assumption' },
        most: { type: ['number', 'string'], description: 'the most that a rule allows: a number or an expression' },
        rule: { ...text, description: 'that rule, with its place in the document' },
      },
      ['name', 'value', 'unit', 'reason', 'source'],
    ),
  ),
  rules: list(
    object(
      {
        name: text,
        rule: text,
        payloads: { ...texts, minItems: 1 },
        labels: { ...texts, minItems: 1, description: 'labels of the flows that it concerns; absent: all' },
        limits: { enum: ['perMemberYear', 'answerS'], description: 'messages per member and year, or s to an answer' },
        most: { type: ['number', 'string'], description: 'a number, or an expression over the deployment' },
      },
      ['name', 'rule', 'payloads', 'limits', 'most'],
    ),
  ),
  mappings: object(
    {
      distributionAutomation: list(object({ scenario: text, useCases: texts }, ['scenario', 'useCases'])),
      updateMethods: list(
        object(
          {
            device: text,
            program: { type: 'boolean' },
            firmware: { type: 'boolean' },
            casts: { type: 'array', items: { enum: casts } },
          },
          ['device', 'program', 'firmware', 'casts'],
        ),
      ),
      actorAliases: {
        type: 'object',
        additionalProperties: text,
        description: 'printed variants of actor names with the name that they mean',
      },
    },
    [],
  ),
} as const;

function object(properties: Readonly<Record<string, object>>, required: readonly string[] = []) {
  return { type: 'object', additionalProperties: false, properties, required: [...required] };
}

function list(items: object) {
  return { type: 'array', items };
}
