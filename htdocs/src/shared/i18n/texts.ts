/* Texts of the page, apart from the code that shows them. */
type Values = Record<string, string | number>;
type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
export type Text = string | Plural;
type Catalogue = Record<string, Text>;

/** The language of the texts, whatever the reader's numbers and dates are written in. */
const rules = new Intl.PluralRules('en');

/** The build takes the texts out of the code and into the page (catalogue.ts), where the name of each group stands in for it. */
let page: Record<string, Catalogue> | undefined;

function fromPage(name: string): Catalogue {
  page ??= JSON.parse(document.getElementById('texts')!.textContent!) as Record<string, Catalogue>;
  return page[name]!;
}

/** "{name}" is replaced by its value. */
const fill = (template: string, values: Values): string => template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

/**
 * A feature's texts: t('key', {name: value}). A text with forms ({one: '{n} week', other: '{n} weeks'}) is chosen by the number `n`; where that is to be shown with separators, the text has another name for what `exact(n)` gives.
 */
export function texts<T extends Catalogue>(catalogue: T) {
  const found: Catalogue = typeof catalogue === 'string' ? fromPage(catalogue) : catalogue;
  return (key: keyof T & string, values: Values = {}): string => {
    const text: Text = found[key]!;
    if (typeof text === 'string') return fill(text, values);
    return fill(text[rules.select(Number(values.n))] ?? text.other, values);
  };
}
