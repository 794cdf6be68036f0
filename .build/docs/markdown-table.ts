export type Rows = readonly (readonly string[])[];

/** Formats rows as a Markdown table; the first row is the head. */
export function markdownTable([head = [], ...rows]: Rows): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escape).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function escape(cell: string): string {
  const inLine = cell.replaceAll('\n', ' ').replaceAll('|', '\\|');
  // Markdown would read it as a tag.
  return inLine.includes('`') ? inLine : inLine.replaceAll('<', '&lt;');
}
