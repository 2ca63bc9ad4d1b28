/* A chart as a file, drawn or in pixels. */
import { toast } from '../shared/store/toasts';
import { Button } from '../shared/ui/Button';
import { Icon } from '../shared/ui/Icon';
import { pngBlob, saveBlob, svgBlob } from './saving';
import { fileName, svgFile } from './svg-file';
import { t } from './texts';
import type { ChartSpec } from './types';
import styles from './chart.module.css';

export function ChartSave({ spec, hidden }: { spec: ChartSpec; hidden: ReadonlySet<string> }) {
  const saveSvg = () => saveBlob(svgBlob(svgFile(spec, hidden)), `${fileName(spec.title)}.svg`);
  const savePng = () =>
    pngBlob(svgFile(spec, hidden)).then(
      (blob) => saveBlob(blob, `${fileName(spec.title)}.png`),
      () => toast(t('saveFailed'), 'bad'),
    );
  return (
    <div className={styles.save} role="group" aria-label={t('save', { title: spec.title })}>
      <Button small kind="quiet" icon={<Icon name="download" size={14} />} aria-label={t('saveSvg')} title={t('saveSvg')} onClick={saveSvg}>
        SVG
      </Button>
      <Button small kind="quiet" icon={<Icon name="download" size={14} />} aria-label={t('savePng')} title={t('savePng')} onClick={savePng}>
        PNG
      </Button>
    </div>
  );
}
