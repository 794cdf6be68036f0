/** @jsxImportSource preact */
import { render } from 'preact';
import 'upgrade-offer/define';
import { App } from './app.js';

const root = document.querySelector('#app');
if (root) render(<App />, root);
