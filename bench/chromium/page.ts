import { setTimeout as wait } from 'node:timers/promises'
import type { DevTools } from './devTools.ts'

type Evaluated = {
  result: { value?: unknown }
  exceptionDetails?: { text: string; exception?: { description?: string } }
}

type Box = { x: number; y: number; width: number; height: number }

const TIMEOUT = 30_000

/** One tab. */
export class Page {
  readonly devTools: DevTools
  readonly targetId: string
  readonly #session: string

  private constructor(devTools: DevTools, targetId: string, session: string) {
    this.devTools = devTools
    this.targetId = targetId
    this.#session = session
  }

  static async attach(devTools: DevTools, targetId: string): Promise<Page> {
    const { sessionId } = await devTools.send<{ sessionId: string }>('Target.attachToTarget', {
      targetId,
      flatten: true,
    })
    const page = new Page(devTools, targetId, sessionId)
    await page.send('Page.enable')
    return page
  }

  send<Result>(method: string, params: object = {}): Promise<Result> {
    return this.devTools.send<Result>(method, params, this.#session)
  }

  on(method: string, listener: (params: unknown) => void): void {
    this.devTools.on(method, this.#session, listener)
  }

  /** Resolves when the document's load event has been. */
  async navigate(url: string): Promise<void> {
    const loaded = new Promise<void>((resolve) => {
      this.on('Page.loadEventFired', () => resolve())
    })
    await this.send('Page.navigate', { url })
    await loaded
  }

  /** Brings the tab to the front. */
  async activate(): Promise<void> {
    await this.devTools.send('Target.activateTarget', { targetId: this.targetId })
  }

  /** Calls a function in the page, which must need nothing but its arguments, and awaits its result. */
  async evaluate<Arguments extends unknown[], Result>(
    work: (...values: Arguments) => Result | Promise<Result>,
    ...values: Arguments
  ): Promise<Result> {
    const words = values
      .map((value) => (value === undefined ? 'undefined' : JSON.stringify(value)))
      .join(',')
    const { result, exceptionDetails } = await this.send<Evaluated>('Runtime.evaluate', {
      expression: `(${String(work)})(${words})`,
      awaitPromise: true,
      returnByValue: true,
    })
    if (exceptionDetails) {
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    }
    return result.value as Result
  }

  /** Asks until the answer is not undefined, null or false. */
  async waitFor<Arguments extends unknown[], Result>(
    what: string,
    look: (...values: Arguments) => Result | undefined | null | false,
    ...values: Arguments
  ): Promise<Result> {
    const deadline = Date.now() + TIMEOUT
    for (;;) {
      const found = await this.evaluate(look, ...values)
      if (found !== undefined && found !== null && found !== false) return found
      if (Date.now() > deadline) {
        const text = await this.evaluate(() => document.body.innerText)
        throw new Error(`It did not come: ${what}. The page says:\n${text}`)
      }
      await wait(20)
    }
  }

  /** Clicks in the middle of the element with this accessible name, as soon as there is one. */
  async click(name: string, selector = 'button, a[href]'): Promise<void> {
    const box = await this.waitFor(`${selector} “${name}”`, boxOf, selector, name)
    const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    await this.send('Input.dispatchMouseEvent', { type: 'mouseMoved', ...at })
    const button = { ...at, button: 'left', clickCount: 1 }
    await this.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...button })
    await this.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...button })
  }

  /** Puts a value into the field with this label: text, an option's text, or whether it is checked. */
  async fill(label: string, value: string | boolean): Promise<void> {
    const isText = await this.waitFor(`field “${label}”`, setField, label, value)
    if (isText === 'text') await this.send('Input.insertText', { text: String(value) })
  }

  /** Moves the focus into the field with this label. */
  async focus(label: string): Promise<void> {
    await this.waitFor(`field “${label}”`, setField, label, '')
  }

  /** Presses a key that writes a letter, or Backspace. */
  async press(name: string): Promise<void> {
    const key =
      name === 'Backspace'
        ? { key: name, code: name, windowsVirtualKeyCode: 8 }
        : { key: name, code: `Key${name.toUpperCase()}`, text: name }
    await this.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key })
    await this.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key })
  }

  async close(): Promise<void> {
    await this.devTools.send('Target.closeTarget', { targetId: this.targetId })
  }
}

function boxOf(selector: string, name: string): Box | undefined {
  const found = Array.from(document.querySelectorAll<HTMLElement>(selector)).find((element) => {
    const own = element.getAttribute('aria-label') ?? element.innerText.trim()
    return own === name && element.checkVisibility() && !element.matches(':disabled')
  })
  if (!found) return undefined
  found.scrollIntoView({ block: 'nearest' })
  const { x, y, width, height } = found.getBoundingClientRect()
  return { x, y, width, height }
}

/** Focuses the field and selects what is in it; choices and switches are set at once. */
function setField(label: string, value: string | boolean): 'text' | 'set' | undefined {
  const isNamed = (element: HTMLLabelElement) => element.innerText.trim() === label
  const dialog = document.querySelector('[role=dialog], dialog[open]')
  const labels = (dialog ?? document).querySelectorAll('label')
  const field = Array.from(labels).find(isNamed)?.control
  if (field instanceof HTMLSelectElement) {
    const option = Array.from(field.options).find(({ text }) => text.trim() === value)
    if (!option) return undefined
    option.selected = true
    field.dispatchEvent(new Event('change', { bubbles: true }))
    return 'set'
  }
  if (!(field instanceof HTMLInputElement)) return undefined
  if (typeof value === 'boolean') {
    if (field.checked !== value) field.click()
    return 'set'
  }
  field.focus()
  field.select()
  return 'text'
}
