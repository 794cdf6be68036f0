/** The newest things that the flow uses: Chrome 120, Firefox 124 and Safari 17.4 have all of them. */
export function hasPlatform(): boolean {
  return 'any' in AbortSignal && 'timeout' in AbortSignal && 'withResolvers' in Promise && 'canParse' in URL;
}
