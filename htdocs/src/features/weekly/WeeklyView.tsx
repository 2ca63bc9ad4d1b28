/* Week against week, with what they add up to. */
import { standingOf } from '../../shared/figures/standing';
import { ChosenService, type Chosen } from '../../shared/looking/ChosenService';
import { NoNumbers } from '../../shared/looking/NoNumbers';
import { Summary } from './Summary';
import { WeekTable } from './WeekTable';
import styles from './weekly.module.css';

function Weekly({ chosen }: { chosen: Chosen }) {
  if (!standingOf(chosen.periods).latest) return <NoNumbers />;
  return (
    <>
      <WeekTable chosen={chosen} />
      <div className={styles.pair}>
        <Summary chosen={chosen} interval="month" />
        <Summary chosen={chosen} interval="quarter" />
      </div>
    </>
  );
}

export function WeeklyView() {
  return <ChosenService interval="week">{(chosen) => <Weekly chosen={chosen} />}</ChosenService>;
}
