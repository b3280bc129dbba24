import { InputError } from '../base/diagnostics.js';
import { openNamedCatalogues } from '../scenarios/catalogues.js';
import { decodeProfile, numberOptions, parseExpression, printExpression, routerOf } from '../topologies/index.js';
import { columns } from './table.js';

export interface PathsOptions {
  readonly from?: string;
  readonly to?: string;
  readonly profile?: string;
  readonly ref?: string;
  readonly catalogue?: readonly string[];
  readonly json?: boolean;
}

/** Profile whose graph has every AMI and DA decision's richest value; used when none is given. */
const DEFAULT_PROFILE = 'ARHEM3CvIW+DCSIRsF';

/** `fanplan paths`: options of a data-flow expression, or the paths between two actors under a profile. */
export function paths(options: PathsOptions): void {
  if (options.ref !== undefined) expressionOptions(options.ref, options);
  else if (options.from !== undefined && options.to !== undefined) actorPaths(options.from, options.to, options);
  else {
    throw new InputError([
      {
        code: 'MISSING_KEY',
        file: 'fanplan paths',
        path: '',
        message: 'two actors or an expression are needed',
        allowed: '--from ACTOR --to ACTOR [--profile CODE], or --ref EXPRESSION',
      },
    ]);
  }
}

function expressionOptions(text: string, { json = false, catalogue }: PathsOptions): void {
  const expression = parseExpression(text);
  const options = numberOptions(expression, openNamedCatalogues(catalogue).model);
  if (json) {
    console.log(JSON.stringify({ expression: printExpression(expression), options }, null, 2));
    return;
  }
  const rows = options.map((option) => [
    option.end,
    option.number,
    option.expression,
    Object.entries(option.decisions)
      .map(([name, value]) => `${name} ${value}`)
      .join(', '),
  ]);
  console.log(`${printExpression(expression)}\n\n${columns(rows, ['to', 'option', 'data flows', 'decisions'])}`);
}

function actorPaths(from: string, to: string, options: PathsOptions): void {
  const { profile: code = DEFAULT_PROFILE, json, catalogue } = options;
  const profile = decodeProfile(code);
  const router = routerOf(openNamedCatalogues(catalogue).model);
  const taken = router.findRoutes(from, to, profile);
  const all = router.allSimplePaths(from, to, profile);
  const routes = 'routes' in taken ? taken.routes : [];
  const chosen = new Set(routes.map((route) => route.expression));
  if (json === true) {
    const reason = 'reason' in taken ? { reason: taken.reason } : {};
    console.log(JSON.stringify({ from, to, profile: profile.code, routes, simplePaths: all, ...reason }, null, 2));
    return;
  }
  if ('reason' in taken) {
    console.log(`${from} > ${to} under ${profile.code}: none, ${taken.reason}`);
    return;
  }
  const rows = all.map((path) => [
    chosen.has(path.expression) ? 'taken' : '',
    path.expression,
    [path.hops[0]?.from ?? from, ...path.hops.map((hop) => hop.to)].join(' > '),
    [...new Set(path.hops.map((hop) => hop.network))].join(', '),
  ]);
  console.log(`${from} > ${to} under ${profile.code}\n\n${columns(rows, ['', 'data flows', 'actors', 'networks'])}`);
}
