/** What a designer may change without touching a part: set any of these on `upgrade-offer` in the page's own CSS. */
import { css } from 'lit';

export const tokens = css`
  :host {
    /** Leads the eye: the first button, the sign, links. */
    --upgrade-offer-accent-color: light-dark(#4236c9, #a9b1ff);
    /** Text on the accent colour. */
    --upgrade-offer-accent-text-color: light-dark(#ffffff, #14152b);
    /** The card, the bar, the dialog. */
    --upgrade-offer-surface-background-color: light-dark(#ffffff, #1b1d26);
    --upgrade-offer-surface-border-color: light-dark(#e2e4ec, #363a49);
    --upgrade-offer-surface-border-radius: 16px;
    --upgrade-offer-surface-box-shadow: 0 1px 2px rgb(16 18 40 / 6%), 0 6px 20px -8px rgb(16 18 40 / 12%);
    --upgrade-offer-surface-padding: 1.5rem;
    /** The words of the offer. */
    --upgrade-offer-text-color: light-dark(#191b28, #f2f3f9);
    --upgrade-offer-text-font-size: 0.9375rem;
    /** What is read second: the description, the button that says later. */
    --upgrade-offer-muted-color: light-dark(#565b70, #b3b8ca);
    /** The title. */
    --upgrade-offer-title-font-size: 1.125rem;
    --upgrade-offer-title-font-weight: 650;
    /** The buttons. */
    --upgrade-offer-option-border-radius: 10px;
    --upgrade-offer-option-font-weight: 600;
    /** The signs of good and bad news. */
    --upgrade-offer-done-color: light-dark(#0b7a4b, #6fe0ae);
    --upgrade-offer-problem-color: light-dark(#b3261e, #ffa39a);
    /** The widths of the card and of the dialog. */
    --upgrade-offer-inline-max-inline-size: none;
    --upgrade-offer-modal-max-inline-size: 27rem;
    --upgrade-offer-backdrop-background-color: rgb(16 18 34 / 52%);
    /** Above what the banner stays when the page scrolls under it. */
    --upgrade-offer-banner-z-index: 10;
  }
`;
