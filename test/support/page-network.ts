/** The page's network, with one call of it as a test wants it. The restored mocks of the test put it back. */
import { vi } from 'vitest';

/** The calls to paths with this ending are carried out, but their answers wait until `release`. */
export function holdAnswersTo(path: string) {
  const released = Promise.withResolvers<void>();
  const send = window.fetch;
  const fetching = vi.spyOn(window, 'fetch').mockImplementation(async (...request) => {
    const answer = await send(...request);
    if (isCallTo(request[0], path)) await released.promise;
    return answer;
  });
  return { fetching, release: () => released.resolve() };
}

/** The calls to paths with this ending do what the test does. */
export function replaceCallsTo(path: string, reply: () => Promise<Response>) {
  const send = window.fetch;
  return vi
    .spyOn(window, 'fetch')
    .mockImplementation((...request) => (isCallTo(request[0], path) ? reply() : send(...request)));
}

/** Whether it is the address of a path with this ending, whatever its query says. */
export function isCallTo(url: unknown, path: string): boolean {
  return new URL(String(url), location.href).pathname.endsWith(path);
}
