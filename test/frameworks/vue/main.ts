import { createApp } from 'vue';
import 'upgrade-offer/define';
import App from './app.vue';

createApp(App).mount('#app');
