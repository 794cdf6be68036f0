/** The form fields of the pages, each with its label. */
import { html, raw } from 'hono/html';
import type { Html } from './page.js';

interface FieldModel {
  readonly label: string;
  readonly name: string;
  readonly value?: string | number | undefined;
}

interface TextFieldModel extends FieldModel {
  readonly type?: 'text' | 'number' | 'url' | 'password';
  readonly placeholder?: string;
  readonly required?: boolean;
  /** The label is for screen readers only, where the column already says it. */
  readonly isLabelHidden?: boolean;
}

interface SelectFieldModel extends FieldModel {
  /** Values, or pairs of a value and its label. */
  readonly options: readonly (string | readonly [string, string])[];
  readonly isLabelHidden?: boolean;
}

export function textField({
  label,
  name,
  value = '',
  type = 'text',
  placeholder = '',
  ...flags
}: TextFieldModel): Html {
  const range = type === 'number' ? raw('min="0" step="any" inputmode="numeric"') : '';
  return html`<label class="field">
    ${labelText(label, flags.isLabelHidden)}
    <input
      name="${name}"
      type="${type}"
      value="${value}"
      placeholder="${placeholder}"
      autocomplete="off"
      ${range}
      ${flags.required ? raw('required') : ''}
    />
  </label>`;
}

export function selectField({ label, name, value = '', options, isLabelHidden }: SelectFieldModel): Html {
  return html`<label class="field">
    ${labelText(label, isLabelHidden)}
    <select name="${name}">
      ${options.map((option) => {
        const [sent, shown] = typeof option === 'string' ? [option, option] : option;
        return html`<option value="${sent}" ${sent === value ? raw('selected') : ''}>${shown}</option>`;
      })}
    </select>
  </label>`;
}

export function textArea({
  label,
  name,
  value = '',
  rows,
  isCode,
}: FieldModel & { rows: number; isCode?: boolean }): Html {
  return html`<label class="field">
    ${labelText(label)}
    <textarea name="${name}" rows="${rows}" class="${isCode ? 'code' : ''}" spellcheck="false">${value}</textarea>
  </label>`;
}

export function checkBox({ label, name, isChecked }: { label: string; name: string; isChecked: boolean }): Html {
  return html`<label class="check">
    <input type="checkbox" name="${name}" ${isChecked ? raw('checked') : ''} />
    ${label}
  </label>`;
}

function labelText(label: string, isHidden = false) {
  return html`<span class="${isHidden ? 'visually-hidden' : ''}">${label}</span>`;
}
