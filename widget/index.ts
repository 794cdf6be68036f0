export const x = 'widget/index';
import('lit').then(console.log);
