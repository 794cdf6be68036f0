/** What the ecosystem's package checkers say about the packed package. */
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { readFile } from 'node:fs/promises';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { expect, inject, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

const { tarball } = inject('installed');

/** The package supports only `import`. Tools that ignore `exports`, or use `require`, are left out on purpose. */
const NOT_SERVED = ['node10', 'node16-cjs'];

it('publint finds nothing', async () => {
  const bytes = new Uint8Array(await readFile(tarball));
  const { messages } = await publint({ pack: { tarball: bytes.buffer }, level: 'suggestion', strict: true });
  expect(messages.map((message) => formatMessage(message, manifest))).toEqual([]);
});

it('are-the-types-wrong finds nothing', async () => {
  const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(await readFile(tarball))));
  if (!analysis.types) throw new Error('The package has no types.');
  const problems = analysis.problems.filter(
    (problem) => !('resolutionKind' in problem && NOT_SERVED.includes(problem.resolutionKind)),
  );
  expect(problems).toEqual([]);
});
