/** The font: the page's own, or one that most machines have. */
import type { TemplateResult } from 'lit';
import { choiceOrCss } from './choice-or-css.js';

const FONTS = [
  ['Inherit from the page', 'inherit'],
  ['System', 'ui-sans-serif, system-ui, sans-serif'],
  ['Humanist', "Seravek, 'Gill Sans Nova', Ubuntu, Calibri, 'DejaVu Sans', sans-serif"],
  ['Rounded', "ui-rounded, 'Hiragino Maru Gothic ProN', Quicksand, Nunito, Manjari, sans-serif"],
  ['Serif', "'Iowan Old Style', Palatino, 'Palatino Linotype', 'URW Palladio L', P052, serif"],
  ['Monospace', "ui-monospace, 'Cascadia Code', 'Source Code Pro', Menlo, Consolas, monospace"],
] as const;

export function fontControl(value: string, change: (value: string) => void): TemplateResult {
  return choiceOrCss({ label: 'Font', choices: FONTS, property: 'font-family', value, change });
}
