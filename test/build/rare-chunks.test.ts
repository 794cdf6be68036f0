/**
 * The rare chunks have plain names, because the classic script and the library share them. So a page may get one of another
 * version of the widget: what it exports stays, and it imports nothing of its own version.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const EXPORTS: Readonly<Record<string, string>> = {
  ar: 'ar',
  corner: 'openCorner',
  'de-x-du': 'deInformal',
  de: 'de',
  deadline: 'extra',
  'debug-panel': 'debug',
  defaults: 'checkDefaults',
  details: 'extra',
  'es-x-tu': 'esInformal',
  es: 'es',
  explain: 'explain',
  extras: 'Extras',
  fr: 'fr',
  icons: 'extra',
  ignored: 'sayIgnored',
  ja: 'ja',
  media: 'extra',
  meter: 'extra',
  mock: 'mock',
  nl: 'nl',
  preview: 'previewOn',
  problem: 'sayProblem',
  'pt-BR': 'ptBR',
  pt: 'pt',
  purifier: 'purify',
  rows: 'extra',
};

const source = (name: string) => readFileSync(`dist/widget/${name}.js`, 'utf8');

it('has a chunk with a plain name for what few visitors load, and for nothing else', () => {
  const scripts = readdirSync('dist/widget').filter((name) => name.endsWith('.js') && !/-[\w-]{8}\.js$/.test(name));
  const entries = ['analytics.js', 'upgrade-offer.js', 'upgrade-offer.classic.js'];
  expect(scripts.filter((name) => !entries.includes(name))).toEqual(Object.keys(EXPORTS).map((name) => `${name}.js`));
});

it('has the analytics by themselves: the element does not load them, and they load nothing', () => {
  const others = readdirSync('dist/widget').filter((name) => name.endsWith('.js') && name !== 'analytics.js');
  expect(others.filter((name) => /analytics\.js/.test(readFileSync(`dist/widget/${name}`, 'utf8')))).toEqual([]);
  expect(source('analytics')).not.toMatch(/\bimport\b/);
});

it.each(Object.entries(EXPORTS))('%s exports what a script of another version asks for', (name, exported) => {
  expect(source(name)).toMatch(new RegExp(`export ?\\{[^}]*\\b${exported}\\b(?! as)`));
});

it.each(Object.keys(EXPORTS))('%s imports nothing that only its own version has', (name) => {
  const imported = [...source(name).matchAll(/(?:from|import\()\s*["'`]\.\/([^"'`]+)\.js/g)].map(([, file]) => file);
  expect(Object.keys(EXPORTS)).toEqual(expect.arrayContaining(imported));
});
