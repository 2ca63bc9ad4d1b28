/* Sending a form: at work, refused, done. */
import { useState } from 'react';
import { ApiError } from '../api/error';

export function useSaving() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError>();
  const save = (work: Promise<unknown>, done: () => void) => {
    setBusy(true);
    setError(undefined);
    work
      .then(done, (cause: unknown) => {
        if (cause instanceof ApiError) setError(cause);
        else throw cause;
      })
      .finally(() => setBusy(false));
  };
  return { busy, error, save };
}
