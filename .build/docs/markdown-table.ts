/** Rows as a table of Markdown; the first row is its head. */
export function markdownTable([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escape).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function escape(cell: string): string {
  const inLine = cell.replaceAll('\n', ' ').replaceAll('|', '\\|');
  // Or a reader of Markdown takes it for a tag.
  return inLine.includes('`') ? inLine : inLine.replaceAll('<', '&lt;');
}
