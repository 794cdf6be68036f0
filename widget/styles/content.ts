/** The look of what all layouts share: words, sign and buttons. */
import { css } from 'lit';

export const contentStyles = css`
  :host {
    display: block;
    color: var(--upgrade-offer-text-color);
    font-size: var(--upgrade-offer-text-font-size);
    line-height: 1.5;
    text-align: start;
  }

  * {
    box-sizing: border-box;
  }

  [part~='surface'] {
    border: 1px solid var(--upgrade-offer-surface-border-color);
    background-color: var(--upgrade-offer-surface-background-color);
  }

  .content {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    column-gap: 1rem;
  }

  [part~='icon'] {
    --_tint: var(--upgrade-offer-accent-color);

    display: grid;
    place-items: center;
    inline-size: 2.5rem;
    block-size: 2.5rem;
    border-radius: 0.75rem;
    background-color: color-mix(in oklab, var(--_tint) 11%, transparent);
    color: var(--_tint);
  }

  [data-mood='done'] {
    --_tint: var(--upgrade-offer-done-color);
  }

  [data-mood='problem'] {
    --_tint: var(--upgrade-offer-problem-color);
  }

  svg {
    display: block;
    inline-size: 1.375rem;
    block-size: 1.375rem;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .words {
    align-self: center;
    min-inline-size: 0;
    overflow-wrap: anywhere;
    hyphens: auto;
  }

  [part~='title'] {
    margin: 0;
    font-size: var(--upgrade-offer-title-font-size);
    font-weight: var(--upgrade-offer-title-font-weight);
    line-height: 1.3;
    letter-spacing: -0.01em;
    text-wrap: balance;
  }

  /* As wide as its words: those that run the other way stand beside the sign, too. */
  .words > [dir] {
    inline-size: fit-content;
  }

  [part~='description'],
  [part~='status'] {
    max-inline-size: 60ch;
    margin-block: 0.375rem 0;
    color: var(--upgrade-offer-muted-color);
  }

  .words p:not([part]) {
    margin-block: 0 0.5em;
  }

  .words :is(ul, ol) {
    margin-block: 0.5em;
    padding-inline-start: 1.25em;
  }

  [part~='link'] {
    color: var(--upgrade-offer-accent-color);
    text-underline-offset: 0.2em;
  }

  [part~='actions'] {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
  }

  [part~='option'],
  [part~='dismiss'] {
    display: inline-flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    min-block-size: 44px;
    padding: 0.5rem 1.125rem;
    border: 1px solid transparent;
    border-radius: var(--upgrade-offer-option-border-radius);
    background: none;
    color: inherit;
    font: inherit;
    font-weight: var(--upgrade-offer-option-font-weight);
    line-height: 1.25;
    text-align: center;
    text-decoration: none;
    cursor: pointer;
    transition: background-color 120ms;
  }

  [part~='option'] {
    min-inline-size: 9rem;
  }

  [part~='option'],
  [part~='dismiss']:only-child {
    border-color: color-mix(in oklab, currentColor 24%, transparent);
  }

  /* Over the label that was pressed, which keeps its room: nothing moves. */
  .waiting {
    position: absolute;
  }

  .waiting + span {
    visibility: hidden;
  }

  [part~='option-primary'] {
    border-color: transparent;
    background-color: var(--upgrade-offer-accent-color);
    color: var(--upgrade-offer-accent-text-color);
  }

  [part~='dismiss'],
  [part~='close'] {
    color: var(--upgrade-offer-muted-color);
  }

  :where(button, a):hover:not([aria-disabled]) {
    background-color: color-mix(in oklab, currentColor 9%, transparent);
  }

  [part~='option-primary']:hover:not([aria-disabled]) {
    background-color: color-mix(in oklab, var(--upgrade-offer-accent-color) 88%, var(--upgrade-offer-text-color));
  }

  [aria-disabled] {
    opacity: 0.65;
    cursor: progress;
  }

  :focus-visible {
    outline: 2px solid var(--upgrade-offer-accent-color);
    outline-offset: 2px;
  }

  ::slotted([slot='media']) {
    display: block;
    max-inline-size: 100%;
    margin-block-end: 1.25rem;
    border-radius: calc(var(--upgrade-offer-surface-border-radius) / 2);
  }

  ::slotted([slot='footer']) {
    margin-block-start: 1rem;
    color: var(--upgrade-offer-muted-color);
    font-size: 0.8125rem;
  }

  @media (prefers-reduced-motion: no-preference) {
    [part~='surface'] {
      animation: arrive 180ms ease-out;
    }

    [data-mood='working'] svg {
      animation: turn 1.1s linear infinite;
    }
  }

  @keyframes arrive {
    from {
      opacity: 0;
      transform: translateY(-0.375rem);
    }
  }

  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }

  @media print {
    :host {
      display: none;
    }
  }
`;
