/* How it is used, in plain words. */
import type { ReactNode } from 'react';
import { apiUrl } from '../../shared/api/base';
import { useCan } from '../../shared/api/hooks';
import { openShortcuts, SHORTCUTS } from '../../shared/store/shortcuts';
import { Link } from '../../shared/url/Link';
import { Button, buttonClass } from '../../shared/ui/Button';
import { Icon } from '../../shared/ui/Icon';
import { Panel } from '../../shared/ui/Panel';
import { SheetPicture } from './SheetPicture';
import { t } from './texts';
import styles from './help.module.css';

type Key = Parameters<typeof t>[0];

function Terms({ terms }: { terms: readonly (readonly [ReactNode, Key])[] }) {
  return (
    <dl className={styles.terms}>
      {terms.map(([term, text]) => (
        <div key={text}>
          <dt>{term}</dt>
          <dd>{t(text)}</dd>
        </div>
      ))}
    </dl>
  );
}

const Paragraphs = ({ keys }: { keys: readonly Key[] }) => keys.map((key) => <p key={key}>{t(key)}</p>);

function Start() {
  const mayUpload = useCan('upload');
  return (
    <Panel title={t('start')}>
      <ol className={styles.steps}>
        {(['start1', 'start2', 'start3', 'start4'] as const).map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ol>
      {mayUpload && (
        <p className={styles.row}>
          <Link view="upload" className={buttonClass('primary')}>
            {t('toUpload')}
          </Link>
          <Link view="entry" className={buttonClass()}>
            {t('toEntry')}
          </Link>
        </p>
      )}
    </Panel>
  );
}

function Sheet() {
  return (
    <Panel title={t('sheet')} note={t('sheetNote')}>
      <div className={styles.sheet}>
        <div className={styles.picture} tabIndex={0} role="group" aria-label={t('sheet')}>
          <SheetPicture />
        </div>
        <ol className={styles.parts}>
          {(['part1', 'part2', 'part3', 'part4', 'part5', 'part6', 'part7', 'part8'] as const).map((key) => (
            <li key={key}>{t(key)}</li>
          ))}
        </ol>
      </div>
    </Panel>
  );
}

function File({ name, text }: { name: 'template' | 'sample'; text: Key }) {
  return (
    <div>
      <dt>
        <a href={apiUrl(t(name))} download className={buttonClass()}>
          <Icon name="download" />
          {t(name)}
        </a>
      </dt>
      <dd>{t(text)}</dd>
    </div>
  );
}

function Layouts() {
  return (
    <Panel title={t('layouts')} note={t('layoutsNote')}>
      <table className={styles.layouts}>
        <thead>
          <tr>
            <th scope="col">{t('layout')}</th>
            <th scope="col">{t('columns')}</th>
          </tr>
        </thead>
        <tbody>
          {(['tidy', 'wide', 'events', 'export'] as const).map((layout) => (
            <tr key={layout}>
              <th scope="row">{t(layout)}</th>
              <td>{t(`${layout}Columns`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{t('dates')}</p>
    </Panel>
  );
}

function Shortcuts() {
  return (
    <Panel title={t('shortcuts')} note={t('shortcutsNote')} actions={<Button onClick={openShortcuts}>{t('showList')}</Button>}>
      <dl className={styles.keys}>
        {SHORTCUTS.map((shortcut) => (
          <div key={shortcut.text}>
            <dt>
              {shortcut.keys.map((key, i) => (
                <span key={i}>
                  {i > 0 && ` ${t('then')} `}
                  <kbd>{key}</kbd>
                </span>
              ))}
            </dt>
            <dd>{shortcut.text}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

export function HelpView() {
  return (
    <div className={styles.help}>
      <Start />
      <Sheet />
      <Panel title={t('files')}>
        <dl className={styles.files}>
          <File name="template" text="templateText" />
          <File name="sample" text="sampleText" />
        </dl>
      </Panel>
      <Layouts />
      <Panel title={t('modes')}>
        <Terms terms={[[t('merge'), 'mergeText'], [t('replace'), 'replaceText'], [t('replaceAll'), 'replaceAllText']]} />
      </Panel>
      <Panel title={t('undo')} actions={<Link view="history">{t('toHistory')}</Link>}>
        <Paragraphs keys={['undo1', 'undo2', 'undo3']} />
      </Panel>
      <Panel title={t('roles')}>
        <Terms terms={[[t('viewer'), 'viewerText'], [t('editor'), 'editorText'], [t('admin'), 'adminText']]} />
      </Panel>
      <Shortcuts />
      <Panel title={t('privacy')}>
        <Paragraphs keys={['privacy1', 'privacy2', 'privacy3']} />
        <p>
          <a href={apiUrl('licenses.txt')}>{t('licenses')}</a>
        </p>
      </Panel>
    </div>
  );
}
