export const x = 'demo/cli';
import('lit').then(console.log);
