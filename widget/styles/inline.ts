/** The look of the card. */
import { css } from 'lit';

export const inlineStyles = css`
  :host {
    container-type: inline-size;
    max-inline-size: var(--upgrade-offer-inline-max-inline-size);
  }

  [part~='inline'] {
    padding: var(--upgrade-offer-surface-padding);
    border-radius: var(--upgrade-offer-surface-border-radius);
    box-shadow: var(--upgrade-offer-surface-box-shadow);
  }

  [part~='actions'] {
    grid-column: 2;
    margin-block-start: 1.125rem;
  }

  @container (inline-size < 26rem) {
    [part~='inline'] {
      padding: 1.125rem;
    }

    .content {
      grid-template-columns: minmax(0, 1fr);
      row-gap: 0.75rem;
    }

    [part~='actions'] {
      grid-column: 1;
      margin-block-start: 0.5rem;
    }

    [part~='option'],
    [part~='dismiss'] {
      flex: 1 1 100%;
    }

    [part~='dismiss']:not(:only-child) {
      margin-block: -0.25rem -0.5rem;
    }
  }

  @container (inline-size >= 52rem) {
    .content {
      grid-template-columns: auto minmax(0, 1fr) fit-content(50%);
      column-gap: 1.25rem;
    }

    [part~='actions'] {
      grid-column: 3;
      align-self: center;
      justify-content: end;
      margin-block-start: 0;
    }
  }
`;
