/**
 * A form-encoded body as an object, in Chargebee's own notation: `request_context[url]=…`, `roles[0]=…`. `custom` may be
 * JSON, as Chargebee's SDKs encode objects of free form, or `custom[key]=…`, whose values are text. Pure.
 */

interface FormObject {
  [name: string]: unknown;
}

export function formAsObject(form: URLSearchParams): FormObject {
  const read: FormObject = {};
  const lists = new Map<string, string[]>();
  const objects = new Map<string, FormObject>();
  for (const [name, value] of form) {
    const [, parameter = name, key] = /^([^[\]]+)(?:\[([^[\]]*)\])?$/.exec(name) ?? [];
    if (key === undefined) read[parameter] = parameter === 'custom' ? jsonOr(value) : value;
    else if (/^\d*$/.test(key)) lists.set(parameter, [...(lists.get(parameter) ?? []), value]);
    else objects.set(parameter, { ...objects.get(parameter), [key]: value });
  }
  return { ...read, ...Object.fromEntries(lists), ...Object.fromEntries(objects) };
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
