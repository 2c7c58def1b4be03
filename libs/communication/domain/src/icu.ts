import { IntlMessageFormat } from 'intl-messageformat';
import { Refusal } from '@varde/kernel';

/** Arguments by name: strings that are rendered already. Has no prototype, so that no inherited name is an argument. */
export type Arguments = Readonly<Record<string, string>>;

/** A ready text that has been read once and can be filled many times. */
export interface CompiledText {
  /** @throws Refusal `argument-unknown` for a name that is not among the values. */
  fill(values: Arguments): string;
  /** Arguments outside any `select`, each once. */
  readonly topLevel: readonly string[];
  /** All arguments, each once. */
  readonly names: readonly string[];
}

/** The nodes of a parsed message that a ready text may hold, by the numbers of FormatJS. */
const nodeType = { literal: 0, argument: 1, select: 5 } as const;

interface Node {
  readonly type: number;
  readonly value?: unknown;
  readonly options?: Readonly<Record<string, { readonly value: readonly Node[] }>>;
}

// The longest of ours has 420 characters. The limit keeps the parser, which is recursive, far from the end of its stack.
const longest = 2_000;
const remembered = 2_000;
const compiled = new Map<string, CompiledText>();

/**
 * Reads an ICU message of the kind that we use: plain arguments, and `select` with `other`.
 *
 * @throws Refusal `template-not-readable` for any other syntax (`{n, number}`, plural, a tag's logic, a missing `other`,
 *         more than 2,000 characters): a ready text has no logic that data can reach
 * @source S-16, `voice.md` §2
 */
export function compile(template: string): CompiledText {
  const known = compiled.get(template);
  if (known) return known;
  const fresh = read(template);
  if (compiled.size >= remembered) compiled.clear();
  compiled.set(template, fresh);
  return fresh;
}

function read(template: string): CompiledText {
  if (template.length > longest)
    throw unreadable(template, `it has more than ${longest} characters`);
  const format = parsed(template);
  const nodes: readonly Node[] = format.getAst();
  const names = [...new Set(namesIn(nodes, template))];
  const topLevel = nodes
    .filter((node) => node.type === nodeType.argument)
    .map((node) => String(node.value));
  return {
    names,
    topLevel: [...new Set(topLevel)],
    fill: (values) => filled(format, names, values),
  };
}

function filled(format: IntlMessageFormat, names: readonly string[], values: Arguments): string {
  const unknown = names.find((name) => !(name in values));
  if (unknown === undefined) return String(format.format(values));
  const message = `The text names "${unknown}", which is no argument of ours. Correct the template.`;
  throw new Refusal('argument-unknown', message, { argument: unknown });
}

function parsed(template: string): IntlMessageFormat {
  try {
    // The language matters to plurals and numbers only, and we take neither.
    return new IntlMessageFormat(template, 'en', undefined, { ignoreTag: true });
  } catch (cause) {
    throw unreadable(template, 'its braces or its select are not complete', cause);
  }
}

function namesIn(nodes: readonly Node[], template: string): readonly string[] {
  return nodes.flatMap((node) => {
    if (node.type === nodeType.literal) return [];
    const name = String(node.value);
    if (node.type === nodeType.argument) return [name];
    if (node.type !== nodeType.select)
      throw unreadable(template, 'only plain arguments and select are allowed');
    return [
      name,
      ...Object.values(node.options ?? {}).flatMap((option) => namesIn(option.value, template)),
    ];
  });
}

function unreadable(template: string, why: string, cause?: unknown): Refusal {
  const message = `The text "${template.slice(0, 60)}" cannot be read as a template: ${why}. Correct the template.`;
  return new Refusal('template-not-readable', message, {}, undefined, { cause });
}
