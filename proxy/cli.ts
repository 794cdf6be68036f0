export const x = 'proxy/cli';
import('lit').then(console.log);
