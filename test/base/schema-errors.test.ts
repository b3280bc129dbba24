import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { compileSchema, schemaProblems } from '../../base/schema-errors.js';
import { PositionedYaml } from '../../base/yaml.js';

const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'rate'],
  properties: {
    name: { type: 'string' },
    rate: { type: 'number', minimum: 0, description: 'bit/s, 0 or more' },
    kind: { enum: ['radio', 'wire', 'powerline'] },
    size: {
      anyOf: [
        { type: 'number', description: 'bytes' },
        { type: 'string', description: 'a text with a unit' },
      ],
    },
    ends: { type: 'array', minItems: 2, uniqueItems: true, items: { type: 'string' } },
    share: {
      description: 'each, printed, or a number',
      anyOf: [{ enum: ['each', 'printed'] }, { type: 'number', maximum: 1 }],
    },
    table: { type: 'object', propertyNames: { enum: ['up', 'down'] }, additionalProperties: { type: 'number' } },
    events: {
      type: 'array',
      items: {
        type: 'object',
        discriminator: { propertyName: 'kind' },
        required: ['kind'],
        oneOf: [
          { properties: { kind: { const: 'outage' }, share: { type: 'number' } }, required: ['share'] },
          { properties: { kind: { const: 'fault' }, at: { type: 'number' } }, required: ['at'] },
        ],
      },
    },
  },
};
const validate = compileSchema(schema);

function problems(text: string): string[] {
  const yaml = new PositionedYaml('a.yaml', text);
  schemaProblems(yaml, validate);
  return yaml.diagnostics.map((d) => `${d.line}:${d.column} ${d.path} ${d.code} ${d.nearest ?? ''}`.trimEnd());
}

const check = suite('schemaProblems');

check('accepts what fits, and says so', () => {
  const yaml = new PositionedYaml('a.yaml', 'name: a\nrate: 1\nshare: each\nsize: 3\ntable: { up: 1 }\n');
  assert.is(schemaProblems(yaml, validate), true);
  assert.equal(yaml.diagnostics, []);
});

check('points at an unknown key itself and offers the nearest', () => {
  assert.equal(problems('name: a\nrate: 1\nknd: radio\n'), ['3:1 knd UNKNOWN_KEY kind']);
});

check('names a missing key with its path, at the map that lacks it', () => {
  assert.equal(problems('name: a\n'), ['1:1 rate MISSING_KEY']);
});

check('reports every problem of the text', () => {
  assert.equal(problems('name: 1\nrate: -1\nkind: radoi\nends: [a]\n'), [
    '1:7 name WRONG_TYPE',
    '2:7 rate OUT_OF_RANGE',
    '3:7 kind UNKNOWN_NAME radio',
    '4:7 ends OUT_OF_RANGE',
  ]);
});

check('gives the place of a list item', () => {
  assert.equal(problems('name: a\nrate: 1\nends:\n  - a\n  - [b]\n'), ['5:5 ends[1] WRONG_TYPE']);
});

check('says duplicate for equal items', () => {
  assert.equal(problems('name: a\nrate: 1\nends: [a, a]\n'), ['3:7 ends DUPLICATE']);
});

check('checks the names of free keys', () => {
  assert.equal(problems('name: a\nrate: 1\ntable: { up: 1, dwon: 2 }\n'), ['3:17 table.dwon UNKNOWN_KEY down']);
});

check('lets the alternative of the right type speak', () => {
  assert.equal(problems('name: a\nrate: 1\nshare: 2\n'), ['3:8 share OUT_OF_RANGE']);
});

check('gives one problem when no alternative has the right type', () => {
  const yaml = new PositionedYaml('a.yaml', 'name: a\nrate: 1\nsize: [1]\n');
  schemaProblems(yaml, validate);
  assert.is(yaml.diagnostics.length, 1);
  assert.is(yaml.diagnostics[0]!.allowed, 'bytes; or a text with a unit');
});

check('reports only the kind of event that was meant', () => {
  assert.equal(problems('name: a\nrate: 1\nevents: [{ kind: fault, at: soon }]\n'), ['3:29 events[0].at WRONG_TYPE']);
});

check('says what a value must be in the words of the schema', () => {
  const yaml = new PositionedYaml('a.yaml', 'name: a\nrate: fast\n');
  schemaProblems(yaml, validate);
  const { message, found, allowed } = yaml.diagnostics[0]!;
  assert.equal(
    { message, found, allowed },
    {
      message: 'a number is expected here',
      found: 'fast',
      allowed: 'bit/s, 0 or more',
    },
  );
});

check('adds nothing to a text that is not YAML', () => {
  const yaml = new PositionedYaml('a.yaml', 'name: [a\n');
  const before = yaml.diagnostics.length;
  assert.is(schemaProblems(yaml, validate), false);
  assert.is(yaml.diagnostics.length, before);
});

check.run();
