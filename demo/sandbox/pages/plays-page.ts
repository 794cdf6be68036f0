/** The page on which plays, audiences, priorities and mapped fields are edited, each in a form and all of it as JSON. */
import { html, raw } from 'hono/html';
import type { Feature } from '../entitlement-level.js';
import * as builtIn from '../features.js';
import type { Playbook } from '../playbook.js';
import type { Parts } from '../sandbox.js';
import { selectField, textArea, textField } from './form-field.js';
import { page, PATHS } from './page.js';
import { NEW_PLAY, playForm, type PlayDraft } from './play-form.js';

export interface PlaysPageModel {
  readonly parts: Parts;
  readonly mistakes?: readonly string[];
  /** What was sent and refused: a play instead of the one at `index`, one past the last for a new one. */
  readonly refusedPlay?: { readonly index: number; readonly play: PlayDraft };
  readonly refusedJson?: string;
}

export function playsPage({ parts, mistakes, refusedPlay, refusedJson }: PlaysPageModel) {
  const playbook = parts.playbook.current();
  const plays = [...playbook.plays, NEW_PLAY].map((play, index) =>
    refusedPlay?.index === index ? { play: refusedPlay.play, isOpen: true } : { play, isOpen: false },
  );
  return page({
    title: `Plays: ${parts.site}`,
    path: PATHS.plays,
    site: parts.site,
    mistakes,
    body: html`<h1>Plays</h1>
      <p class="lead">
        Of the plays whose audience a request is in, the one with the highest priority makes the offer, unless the
        customer has accepted it or put it away. Customers of <a href="${PATHS.records}">most scenarios</a> meet a play
        of their own instead.
      </p>
      ${plays.map(({ play, isOpen }, index) => playCard({ play, index, isOpen, isNew: play === plays.at(-1)?.play, playbook }))}
      <h2>Mapped fields</h2>
      <p class="quiet">
        What a request carries beside these is ignored without a word, as in Growth; the records say which. Empty a name
        to unmap it.
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
        <div class="buttons"><button class="primary">Save the fields</button></div>
      </form>
      <h2 id="json">Everything as JSON</h2>
      <p class="quiet">
        Also at <code>GET</code> and <code>PUT /sandbox/plays</code>, and in the file that
        <code>npm run sandbox -- plays.json</code> starts with.
      </p>
      <form method="post" class="card" action="${PATHS.plays}/json">
        ${textArea({
          label: 'Fields, plays, and what an ordinary subscription is entitled to',
          name: 'json',
          value: refusedJson ?? JSON.stringify(playbook, null, 2),
          rows: 18,
          isCode: true,
        })}
        <div class="buttons"><button class="primary">Save all of it</button></div>
      </form>`,
  });
}

/** Those the sandbox ships with, and those that the playbook names. */
export function knownFeatures({ plays, entitlements }: Playbook): Feature[] {
  const named = [...entitlements, ...plays.flatMap(({ grants }) => grants)].map(({ feature }) => feature);
  return [...new Map([...Object.values(builtIn), ...named].map((each) => [each.feature_id, each])).values()];
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
        <button class="primary">${isNew ? 'Add the play' : 'Save the play'}</button>
        ${isNew ? '' : html`<button name="intent" value="remove">Remove it</button>`}
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
