/** Eight hexadecimal digits, the form that ids have in Chargebee's tutorials. */
export function shortId(): string {
  return crypto.randomUUID().slice(0, 8);
}
