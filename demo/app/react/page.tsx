/** The gated page once more, with the offer drawn by components of the app: `useOffer` in place of `<upgrade-offer>`. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { readUpgrade } from '../account.js';
import { rememberGatedPage } from '../gated-page.js';
import { requiredElement } from '../required-element.js';
import { openShell } from '../shell.js';
import { AnalyticsPage } from './analytics-page.js';

rememberGatedPage('react.html');
const [{ isOpen }] = await Promise.all([readUpgrade(), openShell()]);
createRoot(requiredElement(document.querySelector('#page'))).render(
  <StrictMode>
    <AnalyticsPage isUpgradeOpen={isOpen} />
  </StrictMode>,
);
