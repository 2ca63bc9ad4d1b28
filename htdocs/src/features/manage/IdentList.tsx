/* Services or platforms in their order. */
import { useState } from 'react';
import { patchPlatform, patchService, useCan } from '../../shared/api/hooks';
import type { IdentEdit } from '../../shared/api/types';
import { exact } from '../../shared/format/number';
import { reasonOf } from '../../shared/store/tell';
import { toast } from '../../shared/store/toasts';
import { Button } from '../../shared/ui/Button';
import { Icon } from '../../shared/ui/Icon';
import { Panel } from '../../shared/ui/Panel';
import { Empty } from '../../shared/ui/States';
import { Swatch } from '../../shared/ui/Swatch';
import { DeleteService } from './DeleteService';
import { IdentDialog, type IdentKind } from './IdentDialog';
import { t } from './texts';
import styles from './manage.module.css';

function Row({ ident, above, below, move, edit }: { ident: IdentEdit; above: IdentEdit | undefined; below: IdentEdit | undefined; move: (to: number) => void; edit: () => void }) {
  return (
    <li className={styles.row}>
      <Swatch color={ident.color} />
      <div className={styles.what}>
        <p className={styles.name}>{ident.name}</p>
        <p className={styles.hint}>
          {t('numbers', { n: ident.numbers, count: exact(ident.numbers) })}
          {ident.aliases.length > 0 && ` · ${t('aliasesAre', { names: ident.aliases.join(', ') })}`}
        </p>
      </div>
      <Button small kind="quiet" disabled={!above} aria-label={t('up', { name: ident.name })} icon={<Icon name="up" />} onClick={() => above && move(above.position)} />
      <Button small kind="quiet" disabled={!below} aria-label={t('down', { name: ident.name })} icon={<Icon name="down" />} onClick={() => below && move(below.position)} />
      <Button small aria-label={t('editName', { name: ident.name })} onClick={edit}>
        {t('edit')}
      </Button>
    </li>
  );
}

export function IdentList({ kind, idents }: { kind: IdentKind; idents: readonly IdentEdit[] }) {
  const [edited, setEdited] = useState<IdentEdit | null>(null);
  const [deleted, setDeleted] = useState<IdentEdit | null>(null);
  const mayDelete = useCan('delete') && kind === 'service';
  const isService = kind === 'service';
  const move = (ident: IdentEdit, position: number) => {
    const work = (isService ? patchService : patchPlatform)(ident.id, { position });
    work.catch((cause: unknown) => toast(reasonOf(cause), 'bad'));
  };
  const remove = (ident: IdentEdit) => {
    setEdited(null);
    setDeleted(ident);
  };
  return (
    <Panel title={t(isService ? 'services' : 'platforms')} note={t(isService ? 'servicesNote' : 'platformsNote')}>
      {idents.length === 0 && <Empty title={t(isService ? 'noServices' : 'noPlatforms')} />}
      <ul className={styles.list}>
        {idents.map((ident, i) => (
          <Row key={ident.id} ident={ident} above={idents[i - 1]} below={idents[i + 1]} move={(to) => move(ident, to)} edit={() => setEdited(ident)} />
        ))}
      </ul>
      {edited && (
        <IdentDialog kind={kind} ident={edited} others={idents.filter((other) => other.id !== edited.id)} onClose={() => setEdited(null)} onDelete={mayDelete ? () => remove(edited) : undefined} />
      )}
      {deleted && <DeleteService service={deleted} onClose={() => setDeleted(null)} />}
    </Panel>
  );
}
