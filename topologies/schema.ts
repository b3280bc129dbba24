/** JSON Schemas of the YAML files of this folder. */

const text = { type: 'string', minLength: 1 };
const texts = { type: 'array', items: text };
const choices = {
  description: 'decisions and their allowed values, e.g. { backhaul: [IW, IIW] }',
  type: 'object',
  additionalProperties: { type: 'array', items: text, minItems: 1 },
};
const option = { type: 'object', additionalProperties: text };
const site = {
  enum: [
    'utility',
    'rep',
    'public',
    'portal',
    'utilities',
    'third-party',
    'dap',
    'substation',
    'feeder',
    'premise',
    'field',
  ],
};

function record(required: readonly string[], properties: Readonly<Record<string, object>>): object {
  return { type: 'object', additionalProperties: false, required, properties };
}

function listOf(item: object): object {
  return { type: 'array', items: item, minItems: 1 };
}

export const decisionsSchema = record(['decisions'], {
  decisions: listOf(
    record(['name', 'values', 'lacking'], { name: text, values: listOf(text), lacking: text, closed: text }),
  ),
});

const networks = listOf(
  record(['name', 'description', 'sharing'], {
    name: text,
    description: text,
    sharing: { enum: ['area', 'premise', 'member', 'dataFlow'] },
  }),
);

export const networksSchema = record(['networks'], { networks });

const rule = {
  between: { type: 'array', items: text, minItems: 2, maxItems: 2 },
  when: choices,
};

const actors = listOf(
  record(['name', 'domain', 'site', 'description', 'aliases'], {
    name: text,
    domain: text,
    site,
    description: text,
    count: { ...text, description: 'key path of a deployment, e.g. feeder.capBanks' },
    aliases: texts,
    depth: { type: 'integer', minimum: 0 },
    sites: listOf(record(['when', 'site'], { when: choices, site })),
    when: choices,
    transit: {
      description: 'true, or a list of { between: [network or reference, network or reference] }',
      anyOf: [{ const: true }, listOf(record(['between'], rule))],
    },
    roles: texts,
    option,
    node: { const: true },
  }),
);

export const actorsSchema = record(['actors'], { actors });

const bases = { type: 'object', additionalProperties: text };
const dataFlows = listOf(
  record(['ref', 'from', 'to', 'network', 'basis'], {
    ref: { ...text, pattern: '^[0-9A-Za-z][0-9A-Za-z-]*$', description: 'letters, digits and hyphens, e.g. 1Ca' },
    from: text,
    to: text,
    network: text,
    via: record(['node', 'network'], { node: text, network: text }),
    interface: text,
    basis: text,
    oneWay: { const: true },
    when: choices,
    option,
    cost: { type: 'number', exclusiveMinimum: 0 },
  }),
);

/** What a system adds: `topologies/systems/<id>.yaml`, or `topology.yaml` in the folder of a catalogue. */
export const systemSchema = record([], {
  networks,
  actors,
  transits: listOf(record(['actor', 'between'], { actor: text, ...rule })),
  bases,
  dataFlows,
});

export const dataFlowsSchema = record(['bases', 'dataFlows', 'unassigned'], {
  bases,
  dataFlows,
  unassigned: {
    type: 'array',
    items: record(['figure', 'references', 'interfaces'], { figure: text, references: texts, interfaces: texts }),
  },
});
