/** The shadow of the card, or of the dialog. */
import type { TemplateResult } from 'lit';
import { initialOf } from '../tokens.js';
import { choiceOrCss } from './choice-or-css.js';

const SHADOWS = [
  ['None', 'none'],
  ['Card', initialOf('surface-box-shadow')],
  ['Dialog', initialOf('modal-box-shadow')],
  ['Raised', '0 2px 4px rgb(16 18 40 / 8%), 0 12px 32px -8px rgb(16 18 40 / 22%)'],
  ['Floating', '0 24px 56px -16px rgb(16 18 40 / 38%)'],
  ['Hard edge', '4px 4px 0 rgb(16 18 40 / 90%)'],
] as const;

export function shadowControl(label: string, value: string, change: (value: string) => void): TemplateResult {
  return choiceOrCss({ label, choices: SHADOWS, property: 'box-shadow', value, change });
}
