import { describe, expect, it, vi } from 'vitest';
import { newCustomer } from '../../../support/customer.js';
import { callsTo, place } from '../../../support/place.js';
import { ANALYTICS, analyticsDialog } from '../../../support/widget-words.js';

const MODAL = { feature: ANALYTICS, layout: 'modal' };

describe('an offer', () => {
  it('that the customer has asked for opens at once', async () => {
    const own = openDialog();
    const element = await place({ customer: await newCustomer(), ...MODAL, manual: true });
    await element.show();
    await expect.element(analyticsDialog).toBeVisible();
    own.remove();
  });

  it('that had to wait is asked for again before it is shown, because it may have gone meanwhile', async () => {
    const fetching = vi.spyOn(window, 'fetch');
    const own = openDialog();
    const element = await place({ customer: await newCustomer(), ...MODAL });
    await expect.poll(() => element.explain()).toMatch(/waits/);
    expect(callsTo(fetching, '/offers')).toBe(1);
    own.remove();
    await expect.element(analyticsDialog).toBeVisible();
    expect(callsTo(fetching, '/offers')).toBe(2);
  });
});

function openDialog(): HTMLDialogElement {
  const dialog = document.createElement('dialog');
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
