/* Money as the reader writes it; a fraction of a cent is told too. */
import { LOCALES } from '../../shared/format/locale';

const format = new Intl.NumberFormat([...LOCALES], { style: 'currency', currency: 'USD', minimumFractionDigits: 2, maximumFractionDigits: 4 });

export const dollars = (amount: number): string => format.format(amount);
