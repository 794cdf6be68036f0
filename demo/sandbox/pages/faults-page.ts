/** The page for faults, the rate limit, and the settings for what Chargebee does not document. */
import { html } from 'hono/html';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../durations.js';
import { API_ERROR_CODES, statusOfCode } from '../api-error.js';
import { FAULT_KINDS, type Fault } from '../fault.js';
import { OPERATIONS } from '../operation.js';
import type { Settings } from '../settings.js';
import type { Site } from '../site.js';
import { checkBox, selectField, textField } from './form-field.js';
import { page, PATHS } from './page.js';

const KINDS_IN_WORDS: Readonly<Record<Fault['kind'], string>> = {
  slow: 'slow',
  error: '500 internal_error',
  unavailable: '503 internal_temporary_error',
  refused: 'refused, with an error code',
  html: 'HTML page from an edge server',
  busy: '429 api_request_limit_exceeded',
  drop: 'dropped connection',
  empty: '200 with an empty body',
  half: 'truncated response',
  null: '200 with JSON null',
  text: '200 with text',
};

/** The form shows durations in readable units; `page-routes.ts` converts them back to milliseconds. */
export const DURATIONS = [
  { name: 'fulfillmentDelayMs', label: 'Fulfillment delay (seconds)', unitMs: SECOND_MS },
  { name: 'offerLifetimeMs', label: 'Offer lifetime (minutes)', unitMs: MINUTE_MS },
  { name: 'cooldownMs', label: 'Cooldown after a dismissal (hours)', unitMs: HOUR_MS },
] as const;

export function faultsPage(site: Site, mistakes?: readonly string[]) {
  const { name, faults, rateLimit, settings } = site;
  const limit = rateLimit.current();
  return page({
    title: `Faults and limits: ${name}`,
    path: PATHS.faults,
    site,
    mistakes,
    body: html`<h1>Faults and limits</h1>
      <p class="lead">
        Make the next calls fail. Customers of the <code>fault-</code> scenarios always get their fault, whatever you
        set here.
      </p>
      <div class="columns">
        <section class="card">
          <h2>Faults</h2>
          ${faultList(faults.inForce())}
          <form method="post" action="${PATHS.faults}">${faultFields()}</form>
        </section>
        <section class="card">
          <h2>Rate limit</h2>
          <p>
            ${
              limit
                ? html`At most <strong>${limit.callsPerMinute}</strong> calls per minute,
                    ${limit.retryAfter ? 'with' : 'without'} Retry-After.`
                : 'No limit. Chargebee allows 150 calls a minute on test sites and small plans.'
            }
          </p>
          <form method="post" action="${PATHS.faults}/rate-limit">
            <div class="fields">
              ${textField({
                label: 'Calls per minute',
                name: 'callsPerMinute',
                type: 'number',
                value: limit?.callsPerMinute ?? 150,
                required: true,
              })}
              ${checkBox({ label: 'Retry-After', name: 'saysRetryAfter', isChecked: limit?.retryAfter ?? true })}
            </div>
            <div class="buttons">
              <button class="primary">Set limit</button>
              ${limit ? html`<button name="intent" value="lift" formnovalidate>Remove limit</button>` : ''}
            </div>
          </form>
        </section>
      </div>
      <section class="card" id="settings">
        <h2>Undocumented behavior</h2>
        <form method="post" action="${PATHS.faults}/settings">${settingFields(settings.current())}</form>
      </section>`,
  });
}

function faultList(inForce: readonly Fault[]) {
  if (inForce.length === 0) return html`<p>No faults</p>`;
  return html`<ul class="plain">
      ${inForce.map(
        ({ operation, kind, code, times, customer_id, after }) =>
          html`<li class="bad">
            ${KINDS_IN_WORDS[kind]}${code ? html` <code>${code}</code>` : ''} for
            ${operation === '*' ? 'every operation' : html`<code>${operation}</code>`}${customer_id ? html` of <code>${customer_id}</code>` : ''}${times ? `, ${times} more ${times === 1 ? 'time' : 'times'}` : ''}${
              after ? ', after the work' : ''
            }
          </li>`,
      )}
    </ul>
    <form method="post" action="${PATHS.faults}/repair" class="buttons"><button>Remove all faults</button></form>`;
}

function faultFields() {
  return html`<div class="fields">
      ${selectField({
        label: 'Fault',
        name: 'kind',
        options: FAULT_KINDS.map((kind) => [kind, KINDS_IN_WORDS[kind]] as const),
      })}
      ${selectField({ label: 'Operation', name: 'operation', options: [['*', 'every operation'], ...OPERATIONS] })}
      ${selectField({
        label: 'Error code (refusals only)',
        name: 'code',
        options: [['', '—'], ...API_ERROR_CODES.map((code) => [code, `${statusOfCode(code)} ${code}`] as const)],
      })}
      ${textField({ label: 'Customer id', name: 'customer_id', placeholder: 'every customer' })}
      ${textField({ label: 'How many calls', name: 'times', type: 'number', placeholder: 'until removed' })}
      ${textField({ label: 'Delay (ms)', name: 'delayMs', type: 'number', placeholder: '2000' })}
      ${textField({ label: 'Retry-After (seconds)', name: 'retryAfter', type: 'number', placeholder: 'none' })}
    </div>
    ${checkBox({ label: 'After the work is done (only the response is lost)', name: 'after', isChecked: false })}
    <div class="buttons"><button class="primary">Add fault</button></div>`;
}

function settingFields(settings: Settings) {
  return html`<div class="fields wide">
      ${DURATIONS.map(({ name, label, unitMs }) =>
        textField({ label, name, type: 'number', value: settings[name] / unitMs, required: true }),
      )}
      ${selectField({
        label: 'Code after seven days',
        name: 'expiryCode',
        value: settings.expiryCode,
        options: ['fulfillment_expired', 'external_fulfillment_failed'],
      })}
      ${selectField({
        label: 'Refusal of a second acceptance',
        name: 'duplicateCode',
        value: settings.duplicateCode,
        options: [
          ['invalid_state_for_request', '409 invalid_state_for_request'],
          ['invalid_request', '400 invalid_request'],
        ],
      })}
    </div>
    <div class="buttons"><button class="primary">Save settings</button></div>`;
}
