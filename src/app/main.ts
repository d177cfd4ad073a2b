import './main.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { t } from '@/i18n/translate.ts'
import { dispatch } from '@/stores/dispatch.ts'
import { useEngine } from '@/stores/engine.ts'
import { useNotices } from '@/stores/notices.ts'
import { useSearches } from '@/stores/searches.ts'
import { useSettings } from '@/stores/settings.ts'
import { useSite } from '@/stores/site.ts'
import { uiWordsKey } from '@/ui/words.ts'
import App from './App.vue'
import { router } from './router.ts'
import { uiWords } from './uiWords.ts'
import { workerScripts } from './workerScripts.ts'

const app = createApp(App)
app.use(createPinia())
app.use(router)
app.provide(uiWordsKey, uiWords())

// Before anything is drawn: the theme comes from here.
useSettings()

/** A part that fails says so and leaves the rest of the page as it is. */
app.config.errorHandler = (error) => {
  console.error(error)
  const detail = error instanceof Error ? error.message : String(error)
  useNotices().show({ tone: 'danger', title: t('app.error.unexpected'), detail }, 'lasting')
}

/** After an update of the site the parts of the old one are gone. */
router.onError((error) => {
  console.error(error)
  useNotices().show(
    {
      tone: 'danger',
      title: t('app.error.part'),
      detail: t('app.error.partText'),
      action: { label: t('app.reload'), run: () => location.reload() },
    },
    'lasting',
  )
})

const scripts = workerScripts()
useEngine().start(scripts.engine, dispatch)
useSearches().provide(() => new Worker(scripts.search, { type: 'module', name: 'mqtab-search' }))
void useSite().load()
app.mount('#app')
