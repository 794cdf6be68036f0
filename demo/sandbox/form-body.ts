/**
 * A form-encoded body as an object, in Chargebee's own notation: `request_context[url]=…`, `roles[0]=…`, and for lists of
 * objects `subscription_items[item_price_id][0]=…`. `custom` may be JSON, as Chargebee's SDKs encode objects of free form, or
 * `custom[key]=…`, whose values are text. Pure.
 */

interface FormObject {
  [name: string]: unknown;
}

export function formAsObject(form: URLSearchParams): FormObject {
  const read: FormObject = {};
  const lists = new Map<string, string[]>();
  const objects = new Map<string, FormObject>();
  /** By their index, which may be any number. */
  const rows = new Map<string, Record<string, FormObject>>();
  for (const [name, value] of form) {
    const [, parameter = name, key, index] = /^([^[\]]+)(?:\[([^[\]]*)\](?:\[(\d+)\])?)?$/.exec(name) ?? [];
    if (key === undefined) read[parameter] = parameter === 'custom' ? jsonOr(value) : value;
    else if (index !== undefined) {
      const known = rows.get(parameter);
      rows.set(parameter, { ...known, [index]: { ...known?.[index], [key]: value } });
    } else if (/^\d*$/.test(key)) lists.set(parameter, [...(lists.get(parameter) ?? []), value]);
    else objects.set(parameter, { ...objects.get(parameter), [key]: value });
  }
  for (const [parameter, each] of rows) read[parameter] = Object.values(each);
  return { ...read, ...Object.fromEntries(lists), ...Object.fromEntries(objects) };
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
