/** Chargebee's SDK, unchanged and with its own validation on, pointed at the sandbox through its options alone. */
import Chargebee from 'chargebee';

/** The SDK joins protocol, site and suffix to a URL. Its absolute path then replaces the path in the site. */
export function sdkFor(url: string): Chargebee {
  return new Chargebee({
    site: `${new URL(url).host}/acme-test`,
    hostSuffix: '',
    protocol: 'http',
    port: 0,
    apiKey: 'test_sandbox',
    enableValidation: true,
  });
}
