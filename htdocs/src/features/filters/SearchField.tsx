/* What is searched for, a moment after it was typed. */
import { useEffect, useRef, useState } from 'react';
import { setSearch } from '../../shared/url/filters';
import { TextField } from '../../shared/ui/Field';
import { t } from './texts';

const PAUSE_MS = 250;

export function SearchField({ search }: { search: string }) {
  const [text, setText] = useState(search);
  /** What the address has, as far as this field knows. */
  const known = useRef(search);
  useEffect(() => {
    if (search === known.current) return;
    known.current = search;
    setText(search);
  }, [search]);
  useEffect(() => {
    if (text === known.current) return undefined;
    const timer = setTimeout(() => {
      known.current = text;
      setSearch(text);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return <TextField type="search" label={t('search')} hideLabel placeholder={t('search')} value={text} onChange={(event) => setText(event.target.value)} />;
}
