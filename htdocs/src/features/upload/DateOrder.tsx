/* Asks which comes first in dates, the day or the month, with dates of the file. */
import { formatDay } from '../../shared/format/date';
import { isDay } from '../../shared/time/day';
import { Button } from '../../shared/ui/Button';
import { Panel } from '../../shared/ui/Panel';
import { ambiguousDates, type AmbiguousDate } from './places';
import type { DateOrder as Order, Options } from './options';
import { t } from './texts';
import { correct } from './uploading';
import { useText } from './use-text';
import styles from './problems.module.css';

const EXAMPLES = 2;

function dayOf({ first, second, year }: AmbiguousDate, order: Order): string {
  const [month, date] = order === 'mdy' ? [first, second] : [second, first];
  const day = `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
  return isDay(day) ? formatDay(day) : '';
}

export function DateOrder({ file, encoding, found, options }: { file: File; encoding: string; found: string; options: Options }) {
  const text = useText(file, encoding);
  /* What the server stumbled over comes first. */
  const examples = ambiguousDates(`${found}\n${text ?? ''}`, EXAMPLES);
  return (
    <Panel title={t('order')} note={t('orderText')}>
      <div className={styles.orders}>
        {(['mdy', 'dmy'] as const).map((order) => (
          <div key={order} className={styles.order}>
            <ul>
              {examples.map((example) => (
                <li key={example.text}>{t('example', { text: example.text, day: dayOf(example, order) })}</li>
              ))}
            </ul>
            <Button onClick={() => correct({ ...options, dateOrder: order })}>{t(order)}</Button>
          </div>
        ))}
      </div>
    </Panel>
  );
}
