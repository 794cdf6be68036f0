/** The forms of the plays page. An invalid form comes back as it was typed. */
import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import { knownFeatures } from '../known-features.js';
import { PlaybookMistakes } from '../playbook-mistakes.js';
import type { Site } from '../site.js';
import { PATHS } from './page.js';
import { sentPlay } from './play-form.js';
import { playsPage, type PlaysPageModel } from './plays-page.js';

const Index = v.pipe(v.string(), v.digits(), v.transform(Number));

export function playRoutes(site: Site): Hono {
  const { playbook } = site;
  const routes = new Hono();

  const replace = (c: Context, input: unknown, refused: Partial<PlaysPageModel>) => {
    try {
      playbook.replace(input);
      return c.redirect(PATHS.plays, 303);
    } catch (error) {
      if (!(error instanceof PlaybookMistakes)) throw error;
      return c.html(playsPage({ site, mistakes: error.mistakes, ...refused }), 400);
    }
  };

  routes.get('/', (c) => c.html(playsPage({ site })));
  routes.post('/json', async (c) => {
    const refusedJson = String((await c.req.formData()).get('json') ?? '').replaceAll('\r\n', '\n');
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson()), refusedJson);
    if (parsed.success) return replace(c, parsed.output, { refusedJson });
    const mistakes = parsed.issues.map(({ message }) => message);
    return c.html(playsPage({ site, mistakes, refusedJson }), 400);
  });
  routes.post('/fields', async (c) => {
    const form = await c.req.formData();
    const types = form.getAll('type');
    const fields = form
      .getAll('name')
      .map((name, index) => [String(name).trim(), types[index]] as const)
      .filter(([name]) => name !== '');
    return replace(c, { ...playbook.current(), fields: Object.fromEntries(fields) }, {});
  });
  routes.post('/:index{\\d+}', async (c) => {
    const index = v.parse(Index, c.req.param('index'));
    const form = await c.req.formData();
    const { plays, ...rest } = playbook.current();
    if (form.get('intent') === 'remove') return replace(c, { ...rest, plays: plays.toSpliced(index, 1) }, {});
    const play = sentPlay(form, rest.fields, knownFeatures(playbook.current()));
    return replace(
      c,
      { ...rest, plays: [...plays.slice(0, index), play, ...plays.slice(index + 1)] },
      { refusedPlay: { index, play } },
    );
  });
  return routes;
}
