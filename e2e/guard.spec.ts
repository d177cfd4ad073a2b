import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { findViolations } from './fixtures/axe.ts'
import { Guard } from './fixtures/guard.ts'
import { startSite } from './server/site.ts'

const PAGE_FAULTS = `
  new Image().src = 'http://image.test/'
  new WebSocket('ws://socket.test/')
  console.error('Something is wrong')
  setTimeout(() => { throw new Error('Nobody caught this') })
  setTimeout(() => (document.body.innerHTML = '<b>markup</b>'))
  const policy = trustedTypes.createPolicy('mqtab', { createScriptURL: (url) => url })
  new SharedWorker(policy.createScriptURL('worker.js'))`

const WORKER_FAULTS = `
  new WebSocket('ws://worker-socket.test/')
  fetch('http://worker-fetch.test/')
  console.error('Something is wrong in the worker')
  setTimeout(() => { throw new Error('Nobody caught this in the worker') })
  setTimeout(() => eval('"code from text"'))`

/** Words of the problems, each of which only one fault brings about. */
const NOTICED = [
  'image.test',
  'websocket to a foreign host: ws://socket.test/',
  'console: Something is wrong',
  'exception: Error: Nobody caught this',
  "This document requires 'TrustedHTML' assignment",
  'worker-socket.test',
  'worker-fetch.test',
  'Something is wrong in the worker',
  'Error: Nobody caught this in the worker',
  'EvalError',
]

test('[TG1] the tests notice foreign requests, errors and violations in pages and workers', async ({
  browser,
}) => {
  const root = await mkdtemp(path.join(tmpdir(), 'mqtab-bad-site-'))
  const html = '<!doctype html><title>Bad</title><link rel="icon" href="data:,"><body>'
  await writeFile(path.join(root, 'index.html'), `${html}<script src="page.js"></script>`)
  await writeFile(path.join(root, 'page.js'), PAGE_FAULTS)
  await writeFile(path.join(root, 'worker.js'), WORKER_FAULTS)
  const site = await startSite({ root })
  const context = await browser.newContext()
  const guard = new Guard(new URL(site.url).host)
  guard.watchContext(context)
  await guard.watchBrowser(browser)

  const page = await context.newPage()
  await page.goto(site.url)
  const missing = () => {
    const all = guard.problems.join('\n')
    return NOTICED.filter((words) => !all.includes(words))
  }
  await expect.poll(missing).toEqual([])
  expect((await findViolations(page)).join('\n')).toContain('html-has-lang')

  await guard.finish()
  await context.close()
  await site.close()
  await rm(root, { recursive: true })
})
