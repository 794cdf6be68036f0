/** The look of the bar. */
import { css } from 'lit';

export const bannerStyles = css`
  :host {
    container-type: inline-size;
    position: sticky;
    inset-block-start: 0;
    z-index: var(--upgrade-offer-banner-z-index);
  }

  [part~='banner'] {
    padding: 0.75rem 1rem;
    border-width: 0 0 1px;
    background-color: color-mix(
      in oklab,
      var(--upgrade-offer-accent-color) 6%,
      var(--upgrade-offer-surface-background-color)
    );
  }

  .content {
    grid-template-columns: auto minmax(12rem, 1fr) fit-content(64%);
    align-items: center;
    max-inline-size: 80rem;
    margin-inline: auto;
  }

  [part~='actions'] {
    justify-content: end;
  }

  [part~='option'],
  [part~='dismiss'] {
    padding-inline: 1rem;
  }

  [part~='icon'] {
    inline-size: 2.25rem;
    block-size: 2.25rem;
  }

  [part~='title'] {
    font-size: 1rem;
  }

  [part~='description'],
  [part~='status'] {
    max-inline-size: 75ch;
    margin-block-start: 0.125rem;
    line-height: 1.4;
  }

  ::slotted([slot='media']) {
    display: none;
  }

  @container (inline-size < 48rem) {
    .content {
      grid-template-columns: auto minmax(0, 1fr);
      align-items: start;
    }

    [part~='actions'] {
      grid-column: 1 / -1;
      margin-block-start: 0.75rem;
    }

    [part~='option'],
    [part~='dismiss'] {
      flex: 1 1 auto;
    }
  }
`;
