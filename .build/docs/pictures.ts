/**
 * The addresses of pictures in the documents. A page that shows a package, such as npm's, has no files beside the document:
 * once package.json names a repository on GitHub, the pictures come from there.
 */
import { readFile } from 'node:fs/promises';
import * as v from 'valibot';

const Package = v.object({ repository: v.optional(v.object({ url: v.string() })) });
const ON_GITHUB = /github\.com\/([\w-]+\/[\w.-]+?)(?:\.git)?$/;
const PICTURE = /\]\((?:https:\/\/raw\.githubusercontent\.com\/[\w./-]+?\/)?(demo\/pictures\/[\w-]+\.png)\)/g;

export async function withPictures(text: string): Promise<string> {
  const { repository } = v.parse(Package, JSON.parse(await readFile('package.json', 'utf8')));
  const [, name] = ON_GITHUB.exec(repository?.url ?? '') ?? [];
  const base = name ? `https://raw.githubusercontent.com/${name}/HEAD/` : '';
  return text.replace(PICTURE, (_, path: string) => `](${base}${path})`);
}
