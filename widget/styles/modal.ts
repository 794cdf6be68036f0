/** The look of the dialog. */
import { css } from 'lit';

export const modalStyles = css`
  @media not print {
    :host {
      display: contents;
    }
  }

  [part~='modal'] {
    inline-size: calc(100% - 2rem);
    max-inline-size: var(--upgrade-offer-modal-max-inline-size);
    max-block-size: calc(100dvb - 2rem);
    padding: 0;
    border-radius: calc(var(--upgrade-offer-surface-border-radius) + 4px);
    color: var(--upgrade-offer-text-color);
    box-shadow: 0 24px 64px -16px rgb(16 18 40 / 40%);
    overscroll-behavior: contain;
  }

  .frame:focus-visible {
    outline: none;
  }

  ::backdrop {
    background-color: var(--upgrade-offer-backdrop-background-color);
  }

  .frame {
    position: relative;
    padding: calc(var(--upgrade-offer-surface-padding) + 0.25rem);
  }

  .content {
    grid-template-columns: minmax(0, 1fr);
    row-gap: 1rem;
  }

  [part~='icon'] {
    inline-size: 3rem;
    block-size: 3rem;
    border-radius: 0.875rem;
  }

  [part~='title'] {
    font-size: calc(var(--upgrade-offer-title-font-size) * 1.2);
  }

  [part~='actions'] {
    flex-direction: column;
    margin-block-start: 0.5rem;
  }

  [part~='dismiss']:not(:only-child) {
    margin-block: -0.25rem -0.5rem;
  }

  [part~='close'] {
    position: absolute;
    inset-block-start: 0.75rem;
    inset-inline-end: 0.75rem;
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    padding: 0;
    border: 1px solid transparent;
    border-radius: 50%;
    background-color: color-mix(in oklab, var(--upgrade-offer-surface-background-color) 80%, transparent);
    cursor: pointer;
  }

  @media (prefers-reduced-motion: no-preference) {
    ::backdrop {
      animation: dim 180ms ease-out;
    }
  }

  @keyframes dim {
    from {
      opacity: 0;
    }
  }
`;
