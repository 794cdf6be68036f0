import { mount } from 'svelte';
import 'upgrade-offer/define';
import 'upgrade-offer/svelte';
import App from './app.svelte';

const target = document.querySelector('#app');
if (target) mount(App, { target });
