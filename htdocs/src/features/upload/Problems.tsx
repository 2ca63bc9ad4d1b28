/* What is wrong in the file, each with its place. */
import { useMemo, useState } from 'react';
import type { Detail } from '../../shared/api/types';
import { Button } from '../../shared/ui/Button';
import { Note } from '../../shared/ui/Note';
import { Panel } from '../../shared/ui/Panel';
import { Excerpt } from './Excerpt';
import { excerptAt, rowsUntil, type Row } from './places';
import { useText } from './use-text';
import type { Options } from './options';
import { sentence } from './planning';
import { t } from './texts';
import { correct } from './uploading';
import styles from './problems.module.css';

/** Excerpts that are drawn at first; they are long, and correcting goes from the top. */
const PAGE = 10;

function Problem({ problem, rows }: { problem: Detail; rows: readonly Row[] }) {
  const excerpt = problem.line ? excerptAt(rows, problem.line, problem.column ?? null) : null;
  return (
    <li className={styles.problem}>
      <p>{sentence(problem.message)}</p>
      {excerpt ? <Excerpt excerpt={excerpt} /> : problem.line !== undefined && <p className={styles.hint}>{t('noExcerpt')}</p>}
    </li>
  );
}

export function ProblemList({ problems, file, encoding, delimiter }: { problems: readonly Detail[]; file: File; encoding: string; delimiter: string }) {
  const [limit, setLimit] = useState(PAGE);
  const text = useText(file, encoding);
  const last = Math.max(0, ...problems.map((problem) => problem.line ?? 0));
  const rows = useMemo(() => (text === null ? null : rowsUntil(text, delimiter, last)), [text, delimiter, last]);
  return (
    <>
      <ul className={styles.list}>{rows && problems.slice(0, limit).map((problem, i) => <Problem key={i} problem={problem} rows={rows} />)}</ul>
      {problems.length > limit && (
        <p>
          <Button small onClick={() => setLimit(Infinity)}>
            {t('more', { n: problems.length - limit })}
          </Button>
        </p>
      )}
    </>
  );
}

/** As many as the server lists by default: there may be more. */
const LISTED_MOST = 100;

interface Props {
  problems: readonly Detail[];
  /** How many there are in all; 0: it is not known. */
  total: number;
  options: Options;
  file: File;
  encoding: string;
  delimiter: string;
}

function SkipChoice({ options }: { options: Options }) {
  if (options.mode !== 'merge') return <p>{t('problemsNoSkip')}</p>;
  return (
    <Note kind="info" actions={<Button onClick={() => correct({ ...options, skip: true })}>{t('problemsSkip')}</Button>}>
      <p>{t('problemsSkipHint')}</p>
    </Note>
  );
}

function titleOf(count: number, total: number, isSkipped: boolean): string {
  if (isSkipped) return t('skipped', { n: total });
  return total === 0 && count >= LISTED_MOST ? t('problemsMost', { n: count }) : t('problems', { n: Math.max(count, total) });
}

export function Problems({ problems, total, options, ...place }: Props) {
  return (
    <Panel
      title={titleOf(problems.length, total, options.skip)}
      note={options.skip ? undefined : t('problemsText')}
      actions={options.skip && <Button onClick={() => correct({ ...options, skip: false })}>{t('keepAll')}</Button>}
    >
      <ProblemList problems={problems} {...place} />
      {!options.skip && <SkipChoice options={options} />}
    </Panel>
  );
}
