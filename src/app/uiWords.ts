import { t } from '@/i18n/translate.ts'
import type { UiWords } from '@/ui/words.ts'

/** What the primitives say by themselves, in the language of the page. */
export function uiWords(): UiWords {
  return {
    close: t('app.ui.close'),
    optional: t('app.ui.optional'),
    showPassword: t('app.ui.showPassword'),
    hidePassword: t('app.ui.hidePassword'),
    add: t('app.ui.add'),
    name: (row) => t('app.ui.name', { row }),
    value: (row) => t('app.ui.value', { row }),
    remove: (row) => t('app.ui.remove', { row }),
    moveUp: (row) => t('app.ui.moveUp', { row }),
    moveDown: (row) => t('app.ui.moveDown', { row }),
  }
}
