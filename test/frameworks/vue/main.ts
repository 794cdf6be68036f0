import { createApp } from 'vue';
import 'upgrade-offer/define';
import 'upgrade-offer/vue';
import App from './app.vue';

createApp(App).mount('#app');
