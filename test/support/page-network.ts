/** The page's network, with one call of it as a test wants it. The restored mocks of the test put it back. */
import { vi } from 'vitest';

/** The calls to paths with this ending are carried out, but their answers wait until `release`. */
export function holdAnswersTo(path: string) {
  const released = Promise.withResolvers<void>();
  const send = window.fetch;
  const fetching = vi.spyOn(window, 'fetch').mockImplementation(async (...request) => {
    const answer = await send(...request);
    if (String(request[0]).endsWith(path)) await released.promise;
    return answer;
  });
  return { fetching, release: () => released.resolve() };
}

/** The calls to paths with this ending do what the test does. */
export function replaceCallsTo(path: string, reply: () => Promise<Response>) {
  const send = window.fetch;
  return vi
    .spyOn(window, 'fetch')
    .mockImplementation((...request) => (String(request[0]).endsWith(path) ? reply() : send(...request)));
}
