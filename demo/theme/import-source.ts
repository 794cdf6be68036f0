/** What an import is made from: a stylesheet, a design system, or both. */
import { readDeclarations, type Declarations } from './declarations.js';
import { importTheme, type ImportedTheme, type Mapping } from './imported-theme.js';
import type { System } from './systems/system.js';
import { systemIn, SYSTEMS } from './systems/systems.js';

export interface ImportSource {
  readonly pasted: string;
  /** Empty: the system is found in the stylesheet. */
  readonly systemName: string;
  readonly mapping: Mapping;
}

export const NO_SOURCE: ImportSource = { pasted: '', systemName: '', mapping: {} };

export interface FoundImport {
  readonly system?: System | undefined;
  /** Undefined when there is nothing to import from. */
  readonly result?: ImportedTheme;
}

/** A whole stylesheet takes a while to read, and the page is drawn with each move of a slider. */
const found = new WeakMap<ImportSource, FoundImport>();

export function importFrom(source: ImportSource): FoundImport {
  const known = found.get(source) ?? read(source);
  found.set(source, known);
  return known;
}

function read({ pasted, systemName, mapping }: ImportSource): FoundImport {
  const declarations = readDeclarations(pasted);
  const names = new Set([...declarations.light.keys(), ...declarations.dark.keys()]);
  const system = systemName === '' ? systemIn(names, pasted) : SYSTEMS.find(({ name }) => name === systemName);
  if (pasted.trim() === '') return system ? { system, result: fromSystem(system) } : {};
  return { system, result: importTheme(declarations, system, system && published(system), mapping) };
}

function fromSystem(system: System): ImportedTheme {
  const declarations = published(system);
  return { ...importTheme(declarations, system), unused: [] };
}

function published(system: System): Declarations {
  return readDeclarations(system.css);
}
