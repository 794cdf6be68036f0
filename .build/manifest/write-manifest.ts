/** Writes the files that describe the element to editors, type checkers and tools. */
import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { elementTypes } from './element-types.js';
import { readManifest, type Manifest } from './manifest.js';

/** @param root the folder of the package. The files are written to its `dist`. */
export async function writeManifest(root: string): Promise<void> {
  const manifest = await readManifest(root);
  const target = join(root, 'dist');
  const frameworks = join(target, 'frameworks');
  await mkdir(frameworks, { recursive: true });
  const texts = { 'custom-elements.json': json(manifest.file), ...(await editorData(manifest)) };
  await Promise.all([
    ...Object.entries(texts).map(([name, text]) => writeFile(join(target, name), text)),
    writeFile(join(frameworks, 'element.d.ts'), elementTypes(manifest.element)),
    copyFrameworks(join(root, '.build/frameworks'), frameworks),
  ]);
}

async function editorData({ file }: Manifest): Promise<Record<string, string>> {
  const [{ getVsCodeCssCustomData, getVsCodeHtmlCustomData }, { getWebTypesData }] = await Promise.all([
    import('custom-element-vs-code-integration'),
    import('custom-element-jet-brains-integration'),
  ]);
  return {
    'vscode.html-custom-data.json': getVsCodeHtmlCustomData(file, {}),
    'vscode.css-custom-data.json': getVsCodeCssCustomData(file, {}),
    'web-types.json': getWebTypesData(file, {}),
  };
}

/** Only types: at run time an app imports an empty module, which does not need the framework. React's has hooks instead. */
async function copyFrameworks(source: string, target: string): Promise<void> {
  await cp(source, target, { recursive: true });
  const names = (await readdir(source)).map((name) => basename(name, '.d.ts')).filter((name) => name !== 'react');
  await Promise.all(names.map((name) => writeFile(join(target, `${name}.js`), 'export {};\n')));
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
