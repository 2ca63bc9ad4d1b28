/* Why a form was not taken, with every place that the server named. */
import type { ApiError } from '../api/error';
import { Failure } from './States';
import styles from './refusal.module.css';

const SHOWN = 10;

export function Refusal({ error }: { error: ApiError | undefined }) {
  if (!error) return null;
  return (
    <>
      <Failure error={error} />
      {error.details.length > 0 && (
        <ul className={styles.details}>
          {error.details.slice(0, SHOWN).map((detail, i) => (
            <li key={i}>{detail.message}</li>
          ))}
          {error.detailsTotal > SHOWN && <li>… {error.detailsTotal - SHOWN}</li>}
        </ul>
      )}
    </>
  );
}
