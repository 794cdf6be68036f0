/** Eight random hexadecimal digits, as ids look in Chargebee's tutorials. */
export function shortId(): string {
  return crypto.randomUUID().slice(0, 8);
}
