/* Texts of the charts. */
import { texts } from '../shared/i18n/texts';

export const t = texts({
  legend: 'Series: press to hide or show',
  read: 'Read the values of “{title}” with the arrow keys',
  valueOf: '{name}: {value}',
  total: 'Total',
  place: 'Period',
  table: 'Show as table',
  tableOf: 'Table: {title}',
  save: 'Save “{title}”',
  saveSvg: 'Save as SVG',
  savePng: 'Save as PNG',
  saveFailed: 'The browser could not draw the picture. The SVG can still be saved.',
  kind: 'Kind of chart',
  area: 'Area',
  line: 'Line',
  bars: 'Bars',
  stacked: 'Stacked',
  shares: 'Shares',
});
