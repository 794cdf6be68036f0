/** Adds a call of `globalThis.entered(file, name)` to the beginning of every function. */
import type { Plugin } from 'vite';

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

interface Insertion {
  readonly at: number;
  readonly text: string;
}

const FUNCTIONS = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];

/** A plugin for the modules of the package at `root`. Libraries are left alone. */
export function tracing(root: string): Plugin {
  return {
    name: 'trace-entries',
    transform(code, id) {
      if (!id.startsWith(root) || !id.endsWith('.ts') || id.includes('/node_modules/')) return undefined;
      return { code: traceEntries(code, id.slice(root.length + 1), this.parse(code)), map: null };
    },
  };
}

/**
 * @param file the file that the functions report.
 * @param program the code, parsed.
 */
export function traceEntries(code: string, file: string, program: object): string {
  const insertions: Insertion[] = [];

  function visit(node: Node, name: string): void {
    if (FUNCTIONS.includes(node.type)) insertions.push(...call(node, name));
    for (const [key, value] of Object.entries(node)) {
      for (const child of [value].flat()) if (isNode(child)) visit(child, nameOf(code, node, key, child) ?? name);
    }
  }

  function call(node: Node, name: string): Insertion[] {
    const entered = `globalThis.entered?.(${JSON.stringify(file)}, ${JSON.stringify(name)})`;
    const body = Reflect.get(node, 'body');
    if (!isNode(body)) return [];
    return body.type === 'BlockStatement'
      ? [{ at: body.start + 1, text: `${entered};` }]
      : [
          { at: body.start, text: `(${entered}, ` },
          { at: body.end, text: ')' },
        ];
  }

  if (isNode(program)) visit(program, 'module');
  return inserted(code, insertions);
}

/** A function without a name gets that of the variable or property it is assigned to, or of the function around it. */
function nameOf(code: string, node: Node, key: string, child: Node): string | undefined {
  const source = (of: unknown) => (isNode(of) ? code.slice(of.start, of.end) : undefined);
  if (FUNCTIONS.includes(child.type)) {
    const own = source(Reflect.get(child, 'id'));
    if (own) return own;
  }
  if (key === 'init' && node.type === 'VariableDeclarator') {
    const variable = Reflect.get(node, 'id');
    return isNode(variable) && variable.type === 'Identifier' ? source(variable) : undefined;
  }
  if (key !== 'value' || !('key' in node)) return undefined;
  const kind = 'kind' in node && (node.kind === 'get' || node.kind === 'set') ? `${node.kind} ` : '';
  return `${kind}${source(node.key)}`;
}

/** Insertions at the same place stay in the order in which they were found. */
function inserted(code: string, insertions: readonly Insertion[]): string {
  let text = '';
  let at = 0;
  for (const each of insertions.toSorted((a, b) => a.at - b.at)) {
    text += code.slice(at, each.at) + each.text;
    at = each.at;
  }
  return text + code.slice(at);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value && 'end' in value;
}
