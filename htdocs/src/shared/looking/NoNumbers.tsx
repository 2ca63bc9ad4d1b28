/* Where the filters leave nothing to show. */
import { texts } from '../i18n/texts';
import { Empty } from '../ui/States';

const t = texts({ title: 'No number fits these filters', hint: 'Widen the range of days, or take a filter away.' });

export const NoNumbers = () => <Empty title={t('title')}>{t('hint')}</Empty>;
