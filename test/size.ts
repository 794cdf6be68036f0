export const x = 'test/size';
import('lit').then(console.log);
