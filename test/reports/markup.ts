/** A strict reader of markup for tests: every tag closed in order, every attribute quoted, nothing else where text may stand. */
export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: (Element | string)[];
}

const voids = new Set(['meta', 'input', 'br', 'hr', 'img', 'link', 'wbr']);
const rawText = new Set(['script', 'style']);
const attribute = /^\s+([\w:-]+)(?:="([^"<]*)")?/;

/** @throws Error with the place of the first fault. */
export function readMarkup(text: string): Element {
  const root: Element = { name: '#root', attributes: new Map(), children: [] };
  const open: Element[] = [root];
  let at = 0;
  const fail = (why: string): never => {
    throw new Error(`${why} at ${at}: ${text.slice(at, at + 60)}`);
  };
  while (at < text.length) {
    const inside = open.at(-1)!;
    if (rawText.has(inside.name) && !text.startsWith(`</${inside.name}`, at)) {
      const end = text.indexOf(`</${inside.name}`, at);
      if (end < 0) fail('unclosed raw text');
      inside.children.push(text.slice(at, end));
      at = end;
    } else if (text[at] !== '<') {
      const end = text.indexOf('<', at);
      const piece = text.slice(at, end < 0 ? undefined : end);
      if (/&(?!(amp|lt|gt|quot|#39);)/.test(piece)) fail('bare ampersand');
      inside.children.push(withoutEntities(piece));
      at = end < 0 ? text.length : end;
    } else if (text.startsWith('<!doctype html>', at)) {
      at += 15;
    } else if (text.startsWith('</', at)) {
      const name = /^<\/([\w-]+)>/.exec(text.slice(at, at + 40))?.[1];
      if (name !== inside.name) fail(`</${name}> closes <${inside.name}>`);
      open.pop();
      at += name!.length + 3;
    } else {
      const name = /^<([\w-]+)/.exec(text.slice(at, at + 40))?.[1];
      if (name === undefined) fail('not a tag');
      at += name!.length + 1;
      const attributes = new Map<string, string>();
      for (;;) {
        const found = attribute.exec(text.slice(at, at + 100_000));
        if (found === null) break;
        attributes.set(found[1]!, withoutEntities(found[2] ?? ''));
        at += found[0].length;
      }
      const element: Element = { name: name!, attributes, children: [] };
      inside.children.push(element);
      const end = /^\s*(\/?)>/.exec(text.slice(at, at + 10));
      if (end === null) fail(`tag <${name}> does not end`);
      at += end![0].length;
      if (end![1] === '' && !voids.has(name!)) open.push(element);
    }
  }
  if (open.length > 1) fail(`<${open.at(-1)!.name}> is never closed`);
  return root;
}

export function* elements(of: Element): Generator<Element> {
  for (const child of of.children) {
    if (typeof child === 'string') continue;
    yield child;
    yield* elements(child);
  }
}

export function textOf(element: Element): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

function withoutEntities(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
}
