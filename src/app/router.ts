import { createRouter, createWebHashHistory } from 'vue-router'
import HomePage from './HomePage.vue'

/** Hash mode, so that the site works under any path without a rule at the server. */
export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { name: 'home', path: '/', component: HomePage },
    { name: 'new', path: '/new', component: () => import('./NewPage.vue') },
    {
      name: 'connection',
      path: '/connections/:connection',
      component: () => import('./ConnectionPage.vue'),
    },
    {
      name: 'edit',
      path: '/connections/:connection/edit',
      component: () => import('./EditPage.vue'),
    },
    {
      name: 'settings',
      path: '/settings',
      component: () => import('@/features/settings/SettingsPage.vue'),
    },
    { name: 'help', path: '/help', component: () => import('@/features/help/HelpPage.vue') },
    { path: '/:rest(.*)*', redirect: { name: 'home' } },
  ],
})
