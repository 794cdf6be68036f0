/** @jsxImportSource solid-js */
import { render } from 'solid-js/web';
import 'upgrade-offer/define';
import { App } from './app.js';

const root = document.querySelector('#app');
if (root) render(() => <App />, root);
