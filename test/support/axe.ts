/** The violations that axe finds in a page or in its frames, short enough to read in a failed test. */
import axe from 'axe-core';
import type { Frame, Page } from 'playwright';

/** @param frames of the page's own origin. */
export async function axeViolations(page: Page, frames = [page.mainFrame()]): Promise<string[]> {
  // The script is large. From one address the browser compiles it once for all frames.
  const url = await page.evaluate(
    (source) => URL.createObjectURL(new Blob([source], { type: 'text/javascript' })),
    axe.source,
  );
  const violations: string[] = [];
  for (const frame of frames) violations.push(...(await violationsIn(frame, url)));
  return violations;
}

async function violationsIn(frame: Frame, url: string): Promise<string[]> {
  await frame.addScriptTag({ url });
  return frame.evaluate(async () => {
    const { violations } = await (Reflect.get(window, 'axe') as typeof axe).run(document, {
      iframes: false,
      resultTypes: ['violations'],
    });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  });
}
