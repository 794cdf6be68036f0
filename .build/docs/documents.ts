/** The documents for users of the package, which contains each of them. The first one is the way in. */
export const DOCUMENTS = ['README.md', 'widget/README.md', 'proxy/README.md', 'demo/README.md'] as const;
