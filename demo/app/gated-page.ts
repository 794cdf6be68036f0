/**
 * Which page of the gated feature the customer came from: the one with the element, or the one in React. The pages of the payment
 * lead back to it.
 */
const PAGE = 'halyard gated page';
const IN_REACT = 'react.html';

export function rememberGatedPage(page: 'analytics.html' | 'react.html'): void {
  sessionStorage.setItem(PAGE, page);
}

export function gatedPage(): string {
  return sessionStorage.getItem(PAGE) === IN_REACT ? IN_REACT : 'analytics.html';
}

/** Leads the links of this page that lead to the gated feature to where the customer came from. */
export function leadBack(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('main a[href="analytics.html"]')) {
    link.href = gatedPage();
  }
}
