/**
 * What only the corner needs: its look, and its place above the page. It is no dialog: the page stays as it is, and the focus
 * where it is. A chunk of its own, which imports nothing, so that every build can share it.
 */
import sheet from './styles/corner.css?inline';

export { sheet };

/** To be called after each drawing: moved within the page, it is no longer in the top layer. */
export function openCorner(surface: Element): void {
  if (!(surface instanceof HTMLElement) || !surface.isConnected) return;
  surface.setAttribute('popover', 'manual');
  // Firefox before 125 has no popovers: there it lies below what the page puts above it.
  if (!('showPopover' in surface) || surface.matches(':popover-open')) return;
  // oxlint-disable-next-line no-restricted-properties
  surface.showPopover();
}
