import { expect, it } from 'vitest';
import { pageMemory } from '../../../../widget/flow/question/page-memory.js';

it('two copies of the script on one page know the same', async () => {
  const again = '../../../../widget/flow/question/page-memory.js?again';
  const copy: typeof import('../../../../widget/flow/question/page-memory.js') = await import(/* @vite-ignore */ again);
  expect(copy.pageMemory).not.toBe(pageMemory);
  expect(copy.pageMemory()).toBe(pageMemory());
});
