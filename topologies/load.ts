import { nearestTo } from '../base/nearest.js';
import { compileSchema, schemaProblems } from '../base/schema-errors.js';
import { type KeyPath, PositionedYaml, type Problem } from '../base/yaml.js';
import { foldActorName, MODEL_VERSION, type ModelData, type Unassigned } from './model.js';
import { actorsSchema, dataFlowsSchema, decisionsSchema, networksSchema, systemSchema } from './schema.js';
import type { SystemTopology } from './system.js';
import type { Actor, Conditions, DataFlow, Decision, Network, TransitRule } from './types.js';

/** The basis of data flows that the text spells out. */
const PRINTED = 'printed';

/** A data flow as its file has it: ends are `name` or `name@role`, `basis` is `printed` or a key of `bases`. */
type WrittenDataFlow = Omit<DataFlow, 'origin' | 'basis' | 'cost' | 'fromRole' | 'toRole'> & {
  readonly basis: string;
  readonly cost?: number;
};

interface WrittenDataFlows {
  readonly bases: Readonly<Record<string, string>>;
  readonly dataFlows: readonly WrittenDataFlow[];
  readonly unassigned: readonly Unassigned[];
}

/** The texts of the four files of this folder. */
export interface ModelTexts {
  readonly decisions: string;
  readonly networks: string;
  readonly actors: string;
  readonly dataFlows: string;
}

/**
 * Reads a reference architecture.
 * @throws InputError with every problem of the first file that has any; files are read in the order decisions,
 *   networks, actors, data flows, since each names what those before it define
 */
export function loadModel(texts: ModelTexts): ModelData {
  const { decisions } = open<{ decisions: Decision[] }>(
    'decisions.yaml',
    texts.decisions,
    decisionsSchema,
    (yaml, data) =>
      reportDuplicates(
        yaml,
        ['decisions'],
        data.decisions.map((decision) => decision.name),
      ),
  );
  const { networks } = open<{ networks: Network[] }>('networks.yaml', texts.networks, networksSchema, (yaml, data) =>
    reportDuplicates(
      yaml,
      ['networks'],
      data.networks.map((network) => network.name),
    ),
  );
  const { actors } = open<{ actors: Actor[] }>('actors.yaml', texts.actors, actorsSchema, (yaml, data) =>
    checkActors(yaml, data.actors, decisions),
  );
  const flows = open<WrittenDataFlows>('data-flows.yaml', texts.dataFlows, dataFlowsSchema, (yaml, data) =>
    checkDataFlows(yaml, data, { decisions, networks, actors }),
  );
  return {
    version: MODEL_VERSION,
    decisions,
    networks,
    actors,
    dataFlows: flows.dataFlows.map((flow) => completed(flow, flows.bases)),
    unassigned: flows.unassigned,
  };
}

/** What a system's file may leave out. */
type WrittenSystem = Partial<Omit<WrittenDataFlows, 'unassigned'>> & {
  readonly networks?: readonly Network[];
  readonly actors?: readonly Actor[];
  readonly transits?: SystemTopology['transits'];
};

/**
 * Reads what a system adds to a reference architecture; its names must not be taken there.
 * @throws InputError with every problem of the file
 */
export function loadSystem(file: string, text: string, base: ModelData): SystemTopology {
  const yaml = new PositionedYaml(file, text);
  if (!schemaProblems(yaml, validatorOf(systemSchema))) yaml.throwIfBad();
  const written = yaml.value as WrittenSystem;
  const { networks = [], actors = [], dataFlows = [], bases = {}, transits = [] } = written;
  const known = {
    decisions: base.decisions,
    networks: [...base.networks, ...networks],
    actors: [...base.actors, ...actors],
  };
  const taken = base.networks.map((network) => network.name);
  reportDuplicates(
    yaml,
    ['networks'],
    networks.map((network) => network.name),
    taken,
  );
  checkActors(yaml, actors, base.decisions, base.actors);
  const refs = base.dataFlows.map((flow) => flow.ref);
  checkDataFlows(yaml, { bases, dataFlows, unassigned: [] }, known, refs);
  const patterns = [...known.networks.map((network) => network.name), ...refs, ...dataFlows.map((flow) => flow.ref)];
  const names = base.actors.map((actor) => actor.name);
  transits.forEach(({ actor, between, when }, i) => {
    checkName(yaml, ['transits', i, 'actor'], 'actor', actor, names);
    between.forEach((name, k) => {
      checkName(yaml, ['transits', i, 'between', k], 'network or data flow', name, patterns);
    });
    checkConditions(yaml, ['transits', i, 'when'], when, base.decisions);
  });
  yaml.throwIfBad();
  return { networks, actors, dataFlows: dataFlows.map((flow) => completed(flow, bases)), transits };
}

const validators = new Map<object, ReturnType<typeof compileSchema>>();

/** Compiling takes longer than checking; each schema is compiled when it is first needed. */
function validatorOf(schema: object): ReturnType<typeof compileSchema> {
  const validator = validators.get(schema) ?? compileSchema(schema);
  validators.set(schema, validator);
  return validator;
}

function open<T>(name: string, text: string, schema: object, check: (yaml: PositionedYaml, data: T) => void): T {
  const yaml = new PositionedYaml(`topologies/${name}`, text);
  if (schemaProblems(yaml, validatorOf(schema))) check(yaml, yaml.value as T);
  yaml.throwIfBad();
  return yaml.value as T;
}

function completed({ basis, ...written }: WrittenDataFlow, bases: Readonly<Record<string, string>>): DataFlow {
  const [from, fromRole] = end(written.from);
  const [to, toRole] = end(written.to);
  return {
    ...written,
    from,
    to,
    ...(fromRole === undefined ? {} : { fromRole }),
    ...(toRole === undefined ? {} : { toRole }),
    ...(basis === PRINTED ? { origin: 'printed' } : { origin: 'reconstructed', basis: bases[basis]! }),
    cost: written.cost ?? 1,
  };
}

/** `name@role` apart. */
function end(text: string): [name: string, role: string | undefined] {
  const at = text.lastIndexOf('@');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function checkActors(
  yaml: PositionedYaml,
  actors: readonly Actor[],
  decisions: readonly Decision[],
  others: readonly Actor[] = [],
): void {
  const seen = new Map(
    others.flatMap(({ name, aliases }) => [name, ...aliases].map((text) => [foldActorName(text), name] as const)),
  );
  actors.forEach((actor, i) => {
    const path = ['actors', i];
    for (const name of [actor.name, ...actor.aliases]) {
      const owner = seen.get(foldActorName(name));
      if (owner !== undefined) {
        yaml.report(path, { code: 'DUPLICATE', message: `the name stands for ${owner} already`, found: name });
      }
      seen.set(foldActorName(name), actor.name);
    }
    checkConditions(yaml, [...path, 'when'], actor.when, decisions);
    checkOption(yaml, [...path, 'option'], actor.option, decisions);
    actor.sites?.forEach((place, s) => {
      checkConditions(yaml, [...path, 'sites', s, 'when'], place.when, decisions);
    });
    rulesOf(actor).forEach((rule, r) => {
      checkConditions(yaml, [...path, 'transit', r, 'when'], rule.when, decisions);
    });
  });
}

function checkDataFlows(
  yaml: PositionedYaml,
  data: WrittenDataFlows,
  known: Pick<ModelData, 'decisions' | 'networks' | 'actors'>,
  others: readonly string[] = [],
): void {
  reportDuplicates(
    yaml,
    ['dataFlows'],
    data.dataFlows.map((flow) => flow.ref),
    others,
  );
  const networks = known.networks.map((network) => network.name);
  const ends = known.actors.flatMap((actor) => [
    ...(actor.node === true ? [] : [actor.name]),
    ...(actor.roles ?? []).map((role) => `${actor.name}@${role}`),
  ]);
  const nodes = known.actors.filter((actor) => actor.node === true).map((actor) => actor.name);
  data.dataFlows.forEach((flow, i) => {
    const path = ['dataFlows', i];
    checkName(yaml, [...path, 'from'], 'actor', flow.from, ends);
    checkName(yaml, [...path, 'to'], 'actor', flow.to, ends);
    checkName(yaml, [...path, 'network'], 'network', flow.network, networks);
    if (flow.via !== undefined) {
      checkName(yaml, [...path, 'via', 'network'], 'network', flow.via.network, networks);
      checkName(yaml, [...path, 'via', 'node'], 'node', flow.via.node, nodes);
    }
    checkName(yaml, [...path, 'basis'], 'basis', flow.basis, [PRINTED, ...Object.keys(data.bases)]);
    checkConditions(yaml, [...path, 'when'], flow.when, known.decisions);
    checkOption(yaml, [...path, 'option'], flow.option, known.decisions);
  });
  const patterns = new Set([...networks, ...others, ...data.dataFlows.map((flow) => flow.ref)]);
  for (const actor of known.actors) {
    for (const name of rulesOf(actor).flatMap((rule) => rule.between)) {
      if (!patterns.has(name))
        yaml.report(['dataFlows'], unknown(`data flow in the transit rules of ${actor.name}`, name, [...patterns]));
    }
  }
}

function rulesOf(actor: Actor): readonly TransitRule[] {
  return actor.transit === undefined || actor.transit === true ? [] : actor.transit;
}

function checkConditions(
  yaml: PositionedYaml,
  path: KeyPath,
  conditions: Conditions | undefined,
  decisions: readonly Decision[],
): void {
  for (const [name, values] of Object.entries(conditions ?? {})) {
    const decision = decisions.find((candidate) => candidate.name === name);
    if (decision === undefined) {
      const names = decisions.map((candidate) => candidate.name);
      yaml.report([...path, name], { ...unknown('decision', name, names), atKey: true });
      continue;
    }
    values.forEach((value, i) => {
      checkName(yaml, [...path, name, i], `value of ${name}`, value, decision.values);
    });
  }
}

/** Options name decisions as well: one value each. */
function checkOption(
  yaml: PositionedYaml,
  path: KeyPath,
  option: Readonly<Record<string, string>> | undefined,
  decisions: readonly Decision[],
): void {
  const lists = Object.entries(option ?? {}).map(([name, value]) => [name, [value]]);
  checkConditions(yaml, path, Object.fromEntries(lists), decisions);
}

function checkName(yaml: PositionedYaml, path: KeyPath, kind: string, name: string, names: readonly string[]): void {
  if (!names.includes(name)) yaml.report(path, unknown(kind, name, names));
}

function reportDuplicates(
  yaml: PositionedYaml,
  path: KeyPath,
  names: readonly string[],
  taken: readonly string[] = [],
): void {
  names.forEach((name, i) => {
    if (taken.includes(name)) {
      yaml.report([...path, i], {
        code: 'DUPLICATE',
        message: 'the reference architecture has it already',
        found: name,
      });
    }
    if (names.indexOf(name) < i) {
      yaml.report([...path, i], { code: 'DUPLICATE', message: 'the name stands here twice', found: name });
    }
  });
}

function unknown(kind: string, found: string, names: readonly string[]): Problem {
  return {
    code: 'UNKNOWN_NAME',
    message: `there is no such ${kind}`,
    found,
    allowed: names.join(', '),
    ...nearestTo(found, names),
  };
}
