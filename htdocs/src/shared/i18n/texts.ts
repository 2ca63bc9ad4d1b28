/* Texts of the page, apart from the code that shows them. */
import { LOCALES } from '../format/locale';

type Values = Record<string, string | number>;
type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
export type Text = string | Plural;

const rules = new Intl.PluralRules([...LOCALES]);

/** "{name}" is replaced by its value. */
const fill = (template: string, values: Values): string => template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

/**
 * A feature's texts: t('key', {name: value}). A text with forms ({one: '{n} week', other: '{n} weeks'}) is chosen by the number `n`; where that is to be shown with separators, the text has another name for what `exact(n)` gives.
 * Another language is another object of the same keys.
 */
export function texts<T extends Record<string, Text>>(catalogue: T) {
  return (key: keyof T & string, values: Values = {}): string => {
    const text: Text = catalogue[key]!;
    if (typeof text === 'string') return fill(text, values);
    return fill(text[rules.select(Number(values.n))] ?? text.other, values);
  };
}
