export const x = 'proxy/server';
import('lit').then(console.log);
