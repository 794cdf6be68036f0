export const x = 'demo/sandbox/cli';
import('lit').then(console.log);
