/** The formats that Chargebee's editor has. A button wraps the selection of its text area. */
import { html, type TemplateResult } from 'lit';

interface Mark {
  readonly name: string;
  /** @returns the HTML that replaces the selection. */
  around(selected: string): string;
}

const MARKS: readonly Mark[] = [
  { name: 'Bold', around: (selected) => `<strong>${selected}</strong>` },
  { name: 'Italic', around: (selected) => `<em>${selected}</em>` },
  { name: 'Link', around: (selected) => `<a href="https://app.example/">${selected || 'a link'}</a>` },
  { name: 'List', around: (selected) => `<ul>${lines(selected)}</ul>` },
];

/** @param field the id of the text area. */
export function markupBar(field: string, label: string): TemplateResult {
  return html`
    <div class="marks" role="group" aria-label="Format the ${label}">
      ${MARKS.map(
        ({ name, around }) =>
          html`<button type="button" aria-controls=${field} @click=${() => mark(field, around)}>${name}</button>`,
      )}
    </div>
  `;
}

function mark(id: string, around: Mark['around']): void {
  const field = document.getElementById(id);
  if (!(field instanceof HTMLTextAreaElement)) return;
  const { selectionStart, selectionEnd, value } = field;
  field.setRangeText(around(value.slice(selectionStart, selectionEnd)), selectionStart, selectionEnd, 'select');
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  field.focus();
}

function lines(text: string): string {
  const items = text.split('\n').filter((line) => line.trim() !== '');
  return (items.length > 0 ? items : ['']).map((item) => `<li>${item}</li>`).join('');
}
