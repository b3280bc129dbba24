import { nearestTo } from '../../base/nearest.js';
import { compileSchema, schemaProblems } from '../../base/schema-errors.js';
import { type KeyPath, PositionedYaml, type Problem } from '../../base/yaml.js';
import {
  type Figure,
  type FigureSink,
  figureSchema,
  readFigure,
  readShape,
  type Shape,
  type ShapeOf,
  shapeSchema,
  type WrittenFigure,
} from '../figures/shape.js';
import type { Document } from '../figures/sources.js';
import type { Acknowledgement, KeepAlive, Layer, LayerLibrary, SetupMessage, Step } from './layer-types.js';

/** What a layer may stand on besides kinds of layers: the technology itself. */
export const LINK = 'link';

const STEP_SHAPE: ShapeOf<Omit<Step, 'name' | 'stream' | 'fits'>> = {
  headerB: 'size',
  'payloadB?': 'size',
  'alignB?': 'size',
  'firstB?': 'size',
  'furtherB?': 'size',
  'checkedB?': 'size',
  'checkB?': 'size',
  'padToB?': 'size',
  'paddedWithB?': 'size',
};
const ACKNOWLEDGEMENT_SHAPE: ShapeOf<Acknowledgement> = { every: 'count', sizeB: 'size' };
const SETUP_SHAPE: ShapeOf<Omit<SetupMessage, 'from'>> = { sizeB: 'size' };
const KEEP_ALIVE_SHAPE: ShapeOf<KeepAlive> = { intervalS: 'time', requestB: 'size', answerB: 'size' };

const text = { type: 'string', minLength: 1 };
const texts = { type: 'array', items: text, minItems: 1 };

const LAYERS_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['aliases', 'layers'],
  properties: {
    aliases: { type: 'object', additionalProperties: texts },
    layers: {
      type: 'object',
      propertyNames: { pattern: '^[a-z0-9][a-z0-9.-]*$', description: 'small letters, digits, dots and hyphens' },
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['title', 'kind', 'over', 'steps', 'leavesOut'],
        properties: {
          title: text,
          kind: text,
          over: texts,
          leavesOut: text,
          steps: {
            type: 'array',
            minItems: 1,
            items: withWords(STEP_SHAPE, ['name'], {
              name: text,
              stream: { const: true },
              fits: { enum: ['packet', 'frame'] },
            }),
          },
          acknowledgement: shapeSchema(ACKNOWLEDGEMENT_SHAPE, true),
          setup: {
            type: 'array',
            minItems: 1,
            items: withWords(SETUP_SHAPE, ['from'], { from: { enum: ['client', 'server'] } }),
          },
          keepAlive: shapeSchema(KEEP_ALIVE_SHAPE, true),
          compresses: { type: 'object', additionalProperties: figureSchema('size') },
        },
      },
    },
  },
};

function withWords(shape: Shape, required: readonly string[], words: object): object {
  const schema = shapeSchema(shape, true);
  return { ...schema, required: [...required, ...schema.required], properties: { ...words, ...schema.properties } };
}

interface WrittenLayer {
  readonly title: string;
  readonly kind: string;
  readonly over: readonly string[];
  readonly leavesOut: string;
  readonly steps: readonly { readonly name: string; readonly stream?: true; readonly fits?: Step['fits'] }[];
  readonly acknowledgement?: object;
  readonly setup?: readonly { readonly from: SetupMessage['from'] }[];
  readonly keepAlive?: object;
  readonly compresses?: Readonly<Record<string, WrittenFigure>>;
}

interface WrittenLayers {
  readonly aliases: Readonly<Record<string, readonly string[]>>;
  readonly layers: Readonly<Record<string, WrittenLayer>>;
}

/** Reads the layers of overhead stacks. @throws InputError with every problem */
export function loadLayers(yamlText: string, documents: ReadonlyMap<string, Document>): LayerLibrary {
  const yaml = new PositionedYaml('topologies/overhead/layers.yaml', yamlText);
  let layers: Layer[] = [];
  if (schemaProblems(yaml, compileSchema(LAYERS_SCHEMA))) {
    const written = yaml.value as WrittenLayers;
    checkNames(yaml, written);
    layers = Object.entries(written.layers).map(([name, layer]) => {
      const report = (path: KeyPath, problem: Problem) => yaml.report(['layers', name, ...path], problem);
      checkSteps(layer, report);
      return readLayer(name, layer, documents, report);
    });
  }
  yaml.throwIfBad();
  return { layers, aliases: (yaml.value as WrittenLayers).aliases };
}

function readLayer(
  name: string,
  written: WrittenLayer,
  documents: ReadonlyMap<string, Document>,
  report: FigureSink['report'],
): Layer {
  const figures: Record<string, Figure> = {};
  const sink: FigureSink = { documents, figures, report };
  const part = (shape: Shape, map: object, key: string, i?: number) =>
    readShape(shape, map, i === undefined ? key : `${key}.${i}`, i === undefined ? [key] : [key, i], sink);
  return {
    name,
    title: written.title,
    kind: written.kind,
    over: written.over,
    steps: written.steps.map(
      (step, i) =>
        ({
          name: step.name,
          ...(step.stream === undefined ? {} : { stream: step.stream }),
          ...(step.fits === undefined ? {} : { fits: step.fits }),
          ...part(STEP_SHAPE, step, 'steps', i),
        }) as Step,
    ),
    ...(written.acknowledgement === undefined
      ? {}
      : {
          acknowledgement: part(ACKNOWLEDGEMENT_SHAPE, written.acknowledgement, 'acknowledgement') as Acknowledgement,
        }),
    ...(written.setup === undefined
      ? {}
      : {
          setup: written.setup.map(
            (message, i) => ({ from: message.from, ...part(SETUP_SHAPE, message, 'setup', i) }) as SetupMessage,
          ),
        }),
    ...(written.keepAlive === undefined
      ? {}
      : { keepAlive: part(KEEP_ALIVE_SHAPE, written.keepAlive, 'keepAlive') as KeepAlive }),
    ...(written.compresses === undefined
      ? {}
      : {
          compresses: Object.fromEntries(
            Object.entries(written.compresses).map(([layer, figure]) => {
              return [layer, readFigure(figure, 'size', `compresses.${layer}`, ['compresses', layer], sink)];
            }),
          ),
        }),
    leavesOut: written.leavesOut,
    figures,
  };
}

/** Names within the file: what aliases, `over` and `compresses` refer to. */
function checkNames(yaml: PositionedYaml, { aliases, layers }: WrittenLayers): void {
  const names = Object.keys(layers);
  const kinds = [LINK, ...new Set(Object.values(layers).map((layer) => layer.kind))];
  for (const [alias, list] of Object.entries(aliases)) {
    if (names.includes(alias)) {
      yaml.report(['aliases', alias], { code: 'DUPLICATE', message: 'a layer has this name', found: alias });
    }
    list.forEach((name, i) => {
      checkName(yaml, ['aliases', alias, i], 'layer', name, names);
    });
  }
  for (const [name, layer] of Object.entries(layers)) {
    layer.over.forEach((kind, i) => {
      checkName(yaml, ['layers', name, 'over', i], 'kind of layer', kind, kinds);
    });
    for (const inner of Object.keys(layer.compresses ?? {})) {
      checkName(yaml, ['layers', name, 'compresses', inner], 'layer', inner, names);
    }
  }
}

/** Figures that belong together, and payloads that advance. */
function checkSteps(layer: WrittenLayer, report: FigureSink['report']): void {
  layer.steps.forEach((step, i) => {
    const figure = (key: string) => (step as unknown as Record<string, WrittenFigure | undefined>)[key];
    for (const [a, b] of [
      ['checked', 'check'],
      ['padTo', 'paddedWith'],
      ['first', 'further'],
    ] as const) {
      if ((figure(a) === undefined) !== (figure(b) === undefined)) {
        report(['steps', i], { code: 'MISSING_KEY', message: `${a} and ${b} stand together or not at all` });
      }
    }
    for (const key of ['payload', 'align', 'checked', 'padTo']) {
      if (figure(key)?.value === 0) {
        report(['steps', i, key, 'value'], { code: 'OUT_OF_RANGE', message: 'the value must be above 0', found: '0' });
      }
    }
  });
  const every = (layer.acknowledgement as { every: WrittenFigure } | undefined)?.every.value;
  if (every !== undefined && every < 1) {
    const message = 'an acknowledgement answers at least one unit';
    report(['acknowledgement', 'every', 'value'], { code: 'OUT_OF_RANGE', message, found: String(every) });
  }
}

function checkName(yaml: PositionedYaml, path: KeyPath, kind: string, name: string, names: readonly string[]): void {
  if (names.includes(name)) return;
  yaml.report(path, {
    code: 'UNKNOWN_NAME',
    message: `there is no such ${kind}`,
    found: name,
    allowed: names.join(', '),
    ...nearestTo(name, names),
  });
}
