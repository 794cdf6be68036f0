/** The page for editing plays, audiences, priorities and mapped fields, in forms or as JSON. */
import { html, raw } from 'hono/html';
import { knownFeatures } from '../known-features.js';
import type { Playbook } from '../playbook.js';
import type { Site } from '../site.js';
import { selectField, textArea, textField } from './form-field.js';
import { page, PATHS } from './page.js';
import { NEW_PLAY, playForm, type PlayDraft } from './play-form.js';

export interface PlaysPageModel {
  readonly site: Site;
  readonly mistakes?: readonly string[];
  /** A submitted play that was refused. `index` is its position; one past the last for a new play. */
  readonly refusedPlay?: { readonly index: number; readonly play: PlayDraft };
  readonly refusedJson?: string;
}

export function playsPage({ site, mistakes, refusedPlay, refusedJson }: PlaysPageModel) {
  const playbook = site.playbook.current();
  const plays = [...playbook.plays, NEW_PLAY].map((play, index) =>
    refusedPlay?.index === index ? { play: refusedPlay.play, isOpen: true } : { play, isOpen: false },
  );
  return page({
    title: `Plays: ${site.name}`,
    path: PATHS.plays,
    site,
    mistakes,
    body: html`<h1>Plays</h1>
      <p class="lead">
        A customer gets the offer of the matching play with the highest priority, unless they have accepted or dismissed
        it. Customers of <a href="${PATHS.records}#scenarios">most scenarios</a> get a play of their own instead.
      </p>
      ${plays.map(({ play, isOpen }, index) => playCard({ play, index, isOpen, isNew: play === plays.at(-1)?.play, playbook }))}
      <h2>Mapped fields</h2>
      <p class="quiet">
        Growth silently ignores any other field of a request. The log lists what was ignored. To unmap a field, clear
        its name.
      </p>
      <form method="post" class="card" action="${PATHS.plays}/fields">
        ${[...Object.entries(playbook.fields), ['', 'string'] as const].map(
          ([name, type]) =>
            html`<div class="row two">
              ${textField({ label: 'Field', name: 'name', value: name, placeholder: 'custom.seats_used', isLabelHidden: true })}
              ${selectField({
                label: 'Type',
                name: 'type',
                value: type,
                options: ['boolean', 'number', 'string', 'list'],
                isLabelHidden: true,
              })}
            </div>`,
        )}
        <div class="buttons"><button class="primary">Save fields</button></div>
      </form>
      <h2 id="json">JSON</h2>
      <p class="quiet">
        Everything on this page. To start with plays of your own,
        <a href="/sandbox/plays" download="plays.json">download this as plays.json</a>, edit it, and name it when you
        start the sandbox: <code>PLAYS=plays.json npx upgrade-offer sandbox</code>. A test reads and replaces it with
        <code>GET</code> and <code>PUT /sandbox/plays</code>.
      </p>
      <form method="post" class="card" action="${PATHS.plays}/json">
        ${textArea({
          label: 'Fields, plays, and the entitlements of an ordinary subscription',
          name: 'json',
          value: refusedJson ?? JSON.stringify(playbook, null, 2),
          rows: 18,
          isCode: true,
        })}
        <div class="buttons"><button class="primary">Save JSON</button></div>
      </form>`,
  });
}

interface PlayCardModel {
  readonly play: PlayDraft;
  readonly index: number;
  readonly isOpen: boolean;
  readonly isNew: boolean;
  readonly playbook: Playbook;
}

function playCard({ play, index, isOpen, isNew, playbook }: PlayCardModel) {
  return html`<details class="card" ${isOpen ? raw('open') : ''}>
    <summary>
      ${
        isNew
          ? html`<strong>Add a play</strong>`
          : html`<strong>${play.name}</strong> <span class="chip">priority ${play.priority}</span>
              <span class="quiet small">${audienceInWords(play)}</span>`
      }
    </summary>
    <form method="post" action="${PATHS.plays}/${index}" aria-label="${isNew ? 'New play' : play.name}">
      ${playForm({ play, fields: Object.keys(playbook.fields), features: knownFeatures(playbook) })}
      <div class="buttons">
        <button class="primary">${isNew ? 'Add play' : 'Save play'}</button>
        ${isNew ? '' : html`<button name="intent" value="remove">Remove play</button>`}
      </div>
    </form>
  </details>`;
}

function audienceInWords({ audience }: PlayDraft): string {
  return audience.length === 0 ? 'for everyone' : audience.map(ruleInWords).join(' and ');
}

function ruleInWords({ field, operator, value }: PlayDraft['audience'][number]): string {
  return [field, operator.replaceAll('_', ' '), value].filter((word) => word !== undefined).join(' ');
}
