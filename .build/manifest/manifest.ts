/** Reads the element's public surface from its source: `custom-elements.json`, from which everything else here is derived. */
import type {
  CssCustomProperty,
  CustomElementDeclaration,
  Declaration,
  JavaScriptModule,
  Package,
} from 'custom-elements-manifest';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BACKDROPS, IF_BUSY, LAYOUTS } from '../../widget/flow/layout.js';
import { ICON_NAMES, MEDIA_LAYOUTS } from '../../widget/view/extras/extra.js';

/** The description of the element, and the file that contains it in the standard's format. */
export interface Manifest {
  readonly file: Package & { modules: DescribedModule[] };
  readonly element: CustomElementDeclaration;
}

interface DescribedModule extends JavaScriptModule {
  declarations: CustomElementDeclaration[];
}

const SOURCE = 'widget/upgrade-offer.ts';

const TOKENS = 'widget/view/styles/tokens.css';

/** The module that defines the element. Its other exports are in its types. */
const MODULE = 'dist/widget/upgrade-offer.js';

/** How attributes show types that the source names. */
const ATTRIBUTE_TYPES: Readonly<Record<string, string>> = {
  Layout: choice(LAYOUTS),
  IfBusy: choice(IF_BUSY),
  IconName: choice(ICON_NAMES),
  MediaLayout: choice(MEDIA_LAYOUTS),
  Backdrop: choice(BACKDROPS),
  Context: 'string',
};

/** @param root the folder of the package. */
export async function readManifest(root: string): Promise<Manifest> {
  const analyzed = await analyze(root, [SOURCE]);
  const found = analyzed.modules.flatMap(({ declarations = [] }) => declarations).find(isElement);
  if (!found) throw new Error(`Failed to describe the element: ${SOURCE} has no class with a @tag. Give it one.`);
  const element: CustomElementDeclaration = {
    ...found,
    // What is static is for scripts, and has a page of its own in the document of the element.
    members: found.members?.filter((member) => member.privacy !== 'private' && !member.static) ?? [],
    attributes: found.attributes?.map((each) => ({ ...each, type: { text: attributeType(each.type?.text) } })) ?? [],
    cssProperties: describeTokens(await readFile(join(root, TOKENS), 'utf8')),
  };
  const reference = { name: found.name, module: MODULE };
  const module: DescribedModule = {
    kind: 'javascript-module',
    path: MODULE,
    declarations: [element],
    exports: [
      { kind: 'js', name: found.name, declaration: reference },
      { kind: 'custom-element-definition', name: found.tagName ?? '', declaration: reference },
    ],
  };
  return { file: { ...analyzed, modules: [module] }, element };
}

export async function analyze(cwd: string, sources: readonly string[]): Promise<Package> {
  // Loads a whole TypeScript, which would slow down everything that only reads vite.config.ts.
  const { cli } = await import('@custom-elements-manifest/analyzer/cli.js');
  return cli({ argv: ['analyze', '--litelement', '--quiet', '--globs', ...sources], cwd, noWrite: true });
}

function isElement(declaration: Declaration): declaration is CustomElementDeclaration {
  return 'tagName' in declaration;
}

function attributeType(text = 'string'): string {
  const name = text.replace(' | undefined', '');
  return ATTRIBUTE_TYPES[name] ?? name;
}

function choice(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(' | ');
}

/** A comment describes all tokens up to the next comment. */
function describeTokens(sheet: string): CssCustomProperty[] {
  const described: CssCustomProperty[] = [];
  let description = '';
  for (const [, comment, name, value] of sheet.matchAll(/\/\*\* (.*?) \*\/|(--[\w-]+): ([^;]+);/g)) {
    if (comment) description = comment;
    if (name && value) described.push({ name, description, default: value.replace(/\s+/g, ' ') });
  }
  return described;
}
