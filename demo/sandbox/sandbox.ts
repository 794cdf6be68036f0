export const x = 'demo/sandbox/sandbox';
import('lit').then(console.log);
