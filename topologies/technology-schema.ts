import type { Dimension } from './figures/dimensions.js';
import { type MapSchema, type Shape, type ShapeOf, shapeSchema } from './figures/shape.js';
import type { Access, MeshAccess, SingleHopAccess, Technology } from './technology-types.js';

type Figured = Omit<Technology, 'name' | 'title' | 'networks' | 'duplex' | 'access' | 'leavesOut' | 'figures'>;

const rate: ShapeOf<Technology['rates']['up']> = {
  phyBps: 'rate',
  'effectiveBps?': 'rate',
  'blockBits?': 'bits',
};

/** The figures of a technology but those of its access. */
export const TECHNOLOGY_SHAPE: ShapeOf<Figured> = {
  rates: { up: rate, down: rate },
  framing: {
    mtuB: 'size',
    payloadB: 'size',
    headerB: 'size',
    'minPayloadB?': 'size',
    'preambleB?': 'size',
    'preambleTimeS?': 'time',
    'tailBits?': 'bits',
    'gapB?': 'size',
    'gapTimeS?': 'time',
  },
  delay: { oneWayS: 'time', 'propagationSPerM?': 'timePerLength', processingS: 'time' },
  loss: { frame: 'share', residual: 'share' },
  'arq?': {
    retries: 'count',
    timeoutS: 'time',
    'turnaroundS?': 'time',
    'ackB?': 'size',
    'ackTimeS?': 'time',
    'backoffS?': 'time',
  },
  endpoints: { least: 'count', typical: 'count', most: 'count' },
  reach: { urbanM: 'length', suburbanM: 'length', ruralM: 'length' },
  cost: {
    linkCapexUsd: 'money',
    linkOpexUsdPerYear: 'moneyPerYear',
    gatewayCapexUsd: 'money',
    gatewayOpexUsdPerYear: 'moneyPerYear',
    endpointCapexUsd: 'money',
    endpointOpexUsdPerYear: 'moneyPerYear',
  },
  availability: 'share',
};

type AccessShapes = {
  readonly [K in SingleHopAccess['kind']]: ShapeOf<Omit<Extract<SingleHopAccess, { kind: K }>, 'kind'>>;
};

/** The figures of each kind of access by which one hop takes the medium. */
export const ACCESS_SHAPES: AccessShapes = {
  dedicated: {},
  'half-duplex': { turnaroundS: 'time' },
  scheduled: {
    grantDelayS: 'time',
    grantPeriodS: 'time',
    'promotionS?': 'time',
    'inactivityS?': 'time',
    'pagingS?': 'time',
    'preambles?': 'count',
    'opportunityS?': 'time',
    'attempts?': 'count',
    'backoffS?': 'time',
  },
  polled: { pollB: 'size', turnaroundS: 'time', keyingS: 'time', timeoutS: 'time', retries: 'count' },
  aloha: { copies: 'count', spreadS: 'time' },
  'slotted-aloha': { slotS: 'time', copies: 'count', spreadS: 'time' },
  'csma-802.15.4': {
    leastExponent: 'count',
    mostExponent: 'count',
    backoffs: 'count',
    unitBackoffS: 'time',
    ccaS: 'time',
    turnaroundS: 'time',
    'hidden?': 'share',
  },
  'dcf-802.11': {
    slotS: 'time',
    sifsS: 'time',
    difsS: 'time',
    leastWindow: 'count',
    mostWindow: 'count',
    'hidden?': 'share',
  },
};

/** The figures of a mesh but those of its hop. */
export const MESH_SHAPE: ShapeOf<Omit<MeshAccess, 'kind' | 'hop'>> = {
  leastHops: 'count',
  typicalHops: 'count',
  mostHops: 'count',
  reuse: 'count',
  channels: 'count',
};

export const ACCESS_KINDS: readonly Access['kind'][] = [
  ...(Object.keys(ACCESS_SHAPES) as SingleHopAccess['kind'][]),
  'mesh',
];

const text = { type: 'string', minLength: 1 };

const ONE_HOP = Object.entries(ACCESS_SHAPES).map(([kind, shape]) => accessSchema(kind, shapeSchema(shape, true)));

const ACCESS_SCHEMA = anyKind([
  ...ONE_HOP,
  accessSchema('mesh', shapeSchema(MESH_SHAPE, true), { hop: anyKind(ONE_HOP) }),
]);

interface KindSchema {
  readonly kind: string;
  readonly schema: object;
}

function accessSchema(kind: string, shape: MapSchema, more: object = {}): KindSchema {
  const properties = { kind: { const: kind }, ...more, ...shape.properties };
  return { kind, schema: { ...shape, required: [...Object.keys(more), ...shape.required], properties } };
}

/** One of some kinds; a misspelt kind is answered with the names of all, which `oneOf` would not do. */
function anyKind(kinds: readonly KindSchema[]): object {
  return {
    type: 'object',
    required: ['kind'],
    properties: { kind: { enum: kinds.map(({ kind }) => kind) } },
    allOf: kinds.map(({ kind, schema }) => ({
      if: { type: 'object', required: ['kind'], properties: { kind: { const: kind } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: schema,
    })),
  };
}

/**
 * JSON Schema of a written technology.
 * @param complete false for an entry that is `like` another and says only what differs; its access, if given, is whole
 */
export function technologySchema(complete: boolean): object {
  const shape = shapeSchema(TECHNOLOGY_SHAPE, complete);
  const words = {
    title: text,
    networks: { type: 'array', items: text, minItems: 1 },
    duplex: { enum: ['half', 'full'] },
  };
  return {
    ...shape,
    required: complete
      ? [...Object.keys(words), 'access', 'leavesOut', ...shape.required]
      : ['title', 'like', ...shape.required],
    properties: {
      ...words,
      leavesOut: text,
      ...(complete ? {} : { like: text }),
      access: ACCESS_SCHEMA,
      ...shape.properties,
    },
  };
}

/**
 * JSON Schema of a technology, or of what differs from another, whose figures are written in another way. Which keys of
 * `access` belong to which kind, and what a whole technology must have, is left to whoever reads it: the kind may be that
 * of another.
 * @param figure schema of one figure
 */
export function looseTechnologySchema(figure: (dimension: Dimension) => object): object {
  const shapes: readonly Shape[] = [...Object.values(ACCESS_SHAPES), MESH_SHAPE];
  const keys = Object.assign({}, ...shapes.map((shape) => shapeSchema(shape, false, figure).properties)) as object;
  const access = (kinds: readonly string[], more: object) => ({
    title: 'Medium access',
    description: `kind (${kinds.join(', ')}) with its figures`,
    type: 'object',
    properties: { kind: { enum: kinds }, ...more, ...keys },
    additionalProperties: false,
  });
  const kinds = ACCESS_KINDS.filter((kind) => kind !== 'mesh');
  const { properties } = shapeSchema(TECHNOLOGY_SHAPE, false, figure);
  return {
    title: 'Technology',
    description: 'like, rates, framing, access, delay, loss, arq and more, as in topologies/technologies/',
    type: 'object',
    minProperties: 1,
    properties: {
      like: text,
      title: text,
      networks: { type: 'array', items: text, minItems: 1 },
      duplex: { enum: ['half', 'full'] },
      leavesOut: text,
      access: access(ACCESS_KINDS, { hop: access(kinds, {}) }),
      ...properties,
    },
    additionalProperties: false,
  };
}
