/** Where the offer is drawn: in the page, or over it. */
import type { Layout } from '../../../widget/headless/headless.js';

const CHOICES: readonly (readonly [Layout, string])[] = [
  ['inline', 'Inline'],
  ['modal', 'As a modal'],
];

export function LayoutChoice({ layout, onChoose }: { layout: Layout; onChoose: (layout: Layout) => void }) {
  return (
    <fieldset className="segmented">
      <legend>Show the offer</legend>
      {CHOICES.map(([value, name]) => (
        <label key={value}>
          <input type="radio" name="layout" value={value} checked={value === layout} onChange={() => onChoose(value)} />{' '}
          {name}
        </label>
      ))}
    </fieldset>
  );
}
