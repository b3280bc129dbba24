import { createRequire } from 'node:module';
import type { Ajv2020, ErrorObject, Options, ValidateFunction } from 'ajv/dist/2020.js';
import { nearestName, nearestTo } from './nearest.js';
import type { KeyPath, PositionedYaml, Problem } from './yaml.js';

/** What this file reads of a JSON Schema. */
interface SchemaNode {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
}

const OPTIONS: Options = { allErrors: true, verbose: true, allowUnionTypes: true, discriminator: true };
const require = createRequire(import.meta.url);

/** Ajv is loaded at first use: what the build compiled does without it. */
function newAjv(options: Options): Ajv2020 {
  const ajv = require('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');
  return new ajv.Ajv2020(options);
}

/**
 * Compiles a JSON Schema (2020-12) with the options that `schemaProblems` needs: all errors, each with its schema and
 * its value. `discriminator: { propertyName }` works beside `oneOf` and gives the best errors for lists of kinds.
 * @throws Error when the schema itself is wrong.
 */
export function compileSchema(schema: object): ValidateFunction {
  return newAjv(OPTIONS).compile(schema);
}

/** What `compileSchema` gives, as the source of a CommonJS module that exports it. */
export function compiledSource(schema: object): string {
  const ajv = newAjv({ ...OPTIONS, code: { source: true } });
  const { default: source } = require('ajv/dist/standalone') as typeof import('ajv/dist/standalone/index.js');
  return source(ajv, ajv.compile(schema));
}

/**
 * Checks a YAML value against a compiled schema and reports every problem at its place: unknown keys and enumerated
 * names with the nearest valid one, missing keys, wrong types, numbers out of range. Of an `anyOf` or `oneOf` only the
 * alternative that came closest speaks; when none has the right type, one problem names them all. A `description` in
 * the schema is what `allowed` says, so write it for a person.
 * @param validate from `compileSchema`
 * @returns true when the value fits. A value that is undefined (the text had errors of its own) gives false and no
 *   further problem.
 */
export function schemaProblems(yaml: PositionedYaml, validate: ValidateFunction): boolean {
  if (yaml.value === undefined) return false;
  if (validate(yaml.value)) return true;
  for (const error of withoutAlternatives(validate.errors ?? [])) {
    const path = keyPath(yaml.value, error.instancePath);
    yaml.report([...path, ...ownKey(error)], problemOf(error));
  }
  return false;
}

/**
 * Replaces each `anyOf`/`oneOf` error and the errors of its alternatives, which ajv puts before it, by the ones worth
 * reading. O(errors) per level of nesting.
 */
function withoutAlternatives(errors: readonly ErrorObject[]): ErrorObject[] {
  const kept: ErrorObject[] = [];
  for (const error of errors) {
    if (error.keyword === 'if' || error.keyword === 'propertyNames') continue; // the cause has an error of its own
    if (error.keyword !== 'anyOf' && error.keyword !== 'oneOf') {
      kept.push(error);
      continue;
    }
    const branches = new Map<string, ErrorObject[]>();
    while (kept.length > 0 && isWithin(kept[kept.length - 1]!, error)) {
      const inner = kept.pop()!;
      const branch = branchOf(inner, error);
      branches.set(branch, [inner, ...(branches.get(branch) ?? [])]);
    }
    const closest = [...branches.values()]
      .filter((branch) => !branch.some((e) => e.keyword === 'type' && e.instancePath === error.instancePath))
      .sort((a, b) => a.length - b.length)[0];
    kept.push(...(closest ?? [error]));
  }
  return kept;
}

function isWithin(inner: ErrorObject, wrapper: ErrorObject): boolean {
  if (inner.instancePath.startsWith(`${wrapper.instancePath}/`)) return true;
  if (inner.instancePath !== wrapper.instancePath) return false;
  const refs = (wrapper.schema as readonly SchemaNode[]).map((branch) => branch.$ref);
  return (
    inner.schemaPath.startsWith(`${wrapper.schemaPath}/`) ||
    refs.some((ref) => ref !== undefined && inner.schemaPath.startsWith(`${ref}/`))
  );
}

/** Which alternative an error belongs to: its number, or the definition that it refers to. */
function branchOf(inner: ErrorObject, wrapper: ErrorObject): string {
  const own = `${wrapper.schemaPath}/`;
  if (inner.schemaPath.startsWith(own)) return inner.schemaPath.slice(own.length).split('/')[0]!;
  return inner.schemaPath.split('/').slice(0, 3).join('/');
}

/** The key that an error is about, when it is not the value at `instancePath` itself. */
function ownKey(error: ErrorObject): string[] {
  const params = error.params as Record<string, string>;
  if (error.propertyName !== undefined) return [error.propertyName];
  if (error.keyword === 'additionalProperties') return [params['additionalProperty']!];
  if (error.keyword === 'unevaluatedProperties') return [params['unevaluatedProperty']!];
  if (error.keyword === 'required' || error.keyword === 'dependentRequired') return [params['missingProperty']!];
  return [];
}

function problemOf(error: ErrorObject): Problem {
  const schema = (error.parentSchema ?? {}) as SchemaNode;
  const params = error.params as Record<string, unknown>;
  const key = ownKey(error)[0];
  const found = shortText(error.data);
  if (error.propertyName !== undefined) return badKey(error.propertyName, schema);
  switch (error.keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return badKey(key!, { enum: Object.keys(schema.properties ?? {}) });
    case 'required':
    case 'dependentRequired':
      return { code: 'MISSING_KEY', message: `${key} is missing`, ...allowed(schema.properties?.[key!]) };
    case 'enum':
    case 'const':
      return badName(error.data, schema);
    case 'discriminator':
      return badName(params['tagValue'], schema, String(params['tag']));
    case 'type':
      return { code: 'WRONG_TYPE', message: `${article(schema.type)} is expected here`, found, ...allowed(schema) };
    case 'anyOf':
    case 'oneOf': {
      const branches = (error.schema as readonly SchemaNode[]).map(describe).filter((text) => text !== undefined);
      const text = schema.description ?? branches.join('; or ');
      return { code: 'WRONG_TYPE', message: 'the value has none of the allowed forms', found, allowed: text };
    }
    case 'uniqueItems':
      return { code: 'DUPLICATE', message: 'the same item stands here twice', found };
    case 'pattern':
      return { code: 'SYNTAX', message: 'the text is not of the expected form', found, ...allowed(schema) };
    default:
      return { code: 'OUT_OF_RANGE', message: `the value ${error.message}`, found, ...allowed(schema) };
  }
}

function badKey(key: string, schema: SchemaNode): Problem {
  const keys = (schema.enum ?? []).map(String);
  return {
    code: 'UNKNOWN_KEY',
    message: `${key} is not a key here`,
    found: key,
    ...(keys.length > 0 ? { allowed: keys.join(', ') } : allowed(schema)),
    ...nearestTo(key, keys),
    atKey: true,
  };
}

function badName(value: unknown, schema: SchemaNode, tag?: string): Problem {
  const names = (schema.enum ?? (schema.const === undefined ? [] : [schema.const])).map(String);
  const near = typeof value === 'string' ? nearestName(value, names) : undefined;
  return {
    code: typeof value === 'string' ? 'UNKNOWN_NAME' : 'WRONG_TYPE',
    message: tag === undefined ? 'the value is not one of the allowed ones' : `${tag} is not one of the allowed ones`,
    found: shortText(value),
    ...(names.length > 0 ? { allowed: names.join(', ') } : allowed(schema)),
    ...(near === undefined ? {} : { nearest: near }),
  };
}

function allowed(schema: SchemaNode | undefined): { allowed?: string } {
  const text = schema === undefined ? undefined : describe(schema);
  return text === undefined ? {} : { allowed: text };
}

function describe(schema: SchemaNode): string | undefined {
  if (schema.description !== undefined) return schema.description;
  if (schema.enum !== undefined) return schema.enum.map(String).join(', ');
  if (schema.const !== undefined) return String(schema.const);
  return schema.type === undefined ? undefined : article(schema.type);
}

const ARTICLES: Readonly<Record<string, string>> = {
  object: 'a map of keys',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'nothing',
};

function article(type: SchemaNode['type']): string {
  const types = typeof type === 'string' ? [type] : (type ?? []);
  return types.map((name) => ARTICLES[name] ?? name).join(' or ');
}

function shortText(value: unknown): string {
  if (typeof value === 'string') return value === '' ? '(an empty text)' : value;
  return value === undefined ? '(nothing)' : JSON.stringify(value);
}

/** A JSON pointer as a key path: list positions become numbers. */
function keyPath(root: unknown, pointer: string): KeyPath {
  const path: (string | number)[] = [];
  let at = root;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replace(/~1/g, '/').replace(/~0/g, '~');
    const step = Array.isArray(at) ? Number(key) : key;
    path.push(step);
    at = (at as Record<string | number, unknown>)[step];
  }
  return path;
}
