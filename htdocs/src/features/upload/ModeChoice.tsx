/* Whether the file adds to what is stored or takes its place. */
import { useId } from 'react';
import { useCan } from '../../shared/api/hooks';
import type { Mode, UploadPlan } from '../../shared/api/types';
import { Panel } from '../../shared/ui/Panel';
import { withMode, type Options } from './options';
import { counted, t } from './texts';
import { correct } from './uploading';
import styles from './mode-choice.module.css';

const removes = (plan: UploadPlan) => (plan.cleared === 0 ? t('removesNone') : t('removes', counted(plan.cleared)));

/** plan: what the chosen mode would do; null while it is not known. */
export function ModeChoice({ plan, options }: { plan: UploadPlan | null; options: Options }) {
  const name = useId(), mayAll = useCan('replace_all');
  const modes: readonly Mode[] = mayAll ? ['merge', 'replace', 'replace_all'] : ['merge', 'replace'];
  return (
    <Panel title={t('mode')}>
      <fieldset className={styles.modes}>
        <legend className="visually-hidden">{t('mode')}</legend>
        {modes.map((mode) => (
          <label key={mode} className={styles.mode}>
            <input type="radio" name={name} checked={options.mode === mode} onChange={() => correct(withMode(options, mode))} />
            <span>
              <span className={styles.title}>{t(mode)}</span>
              <span className={styles.text}>{t(`${mode}Text`)}</span>
              {mode === options.mode && mode !== 'merge' && plan?.digest && <span className={plan.cleared > 0 ? styles.removes : styles.text}>{removes(plan)}</span>}
            </span>
          </label>
        ))}
      </fieldset>
    </Panel>
  );
}
