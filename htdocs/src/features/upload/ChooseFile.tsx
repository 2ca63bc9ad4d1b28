/* Where a file comes in: dropped, chosen or pasted. */
import { useEffect, useRef, useState } from 'react';
import { apiUrl } from '../../shared/api/base';
import { Link } from '../../shared/url/Link';
import { Button } from '../../shared/ui/Button';
import { cx } from '../../shared/ui/cx';
import { Icon } from '../../shared/ui/Icon';
import { pastedFile } from './file';
import { t } from './texts';
import { choose } from './uploading';
import styles from './choose-file.module.css';

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
const isTyping = (target: EventTarget | null) => target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

/** Anywhere on the page; a file that is dropped beside the mark must not take the browser away to it. */
export function useDrop(take: (files: readonly File[]) => void): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const drag = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(event.type === 'dragover' || (event.type === 'dragleave' && event.relatedTarget !== null));
      if (event.type === 'drop') take([...event.dataTransfer!.files]);
    };
    const types = ['dragover', 'dragleave', 'drop'] as const;
    types.forEach((type) => window.addEventListener(type, drag));
    return () => types.forEach((type) => window.removeEventListener(type, drag));
  }, [take]);
  return over;
}

function usePaste(): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      if (isTyping(event.target) || document.querySelector('dialog[open]')) return;
      const files = [...(event.clipboardData?.files ?? [])], text = event.clipboardData?.getData('text/plain') ?? '';
      if (text) void choose([pastedFile(text, t('pasted'))]);
      else if (files.length > 0) void choose(files);
    };
    window.addEventListener('paste', paste);
    return () => window.removeEventListener('paste', paste);
  }, []);
}

export function FileButton({ primary, label }: { primary?: boolean; label: string }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button kind={primary ? 'primary' : 'secondary'} small={!primary} icon={<Icon name="upload" />} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
        onChange={(event) => {
          void choose([...(event.target.files ?? [])]);
          /* The same file again is a choice too. */
          event.target.value = '';
        }}
      />
    </>
  );
}

export function ChooseFile({ over }: { over: boolean }) {
  usePaste();
  return (
    <div className={cx(styles.zone, over && styles.over)}>
      <span className={styles.mark}>
        <Icon name="upload" size={28} />
      </span>
      <p className={styles.title}>{over ? t('dropNow') : t('drop')}</p>
      <FileButton primary label={t('choose')} />
      <p className={styles.hint}>{t('or')}</p>
      <div className={styles.notes}>
        <p>{t('safe')}</p>
        <p>{t('layouts')}</p>
        <p className={styles.links}>
          <Link view="help">{t('howTo')}</Link>
          <a href={apiUrl('template.csv')} download>
            {t('template')}
          </a>
        </p>
      </div>
    </div>
  );
}
