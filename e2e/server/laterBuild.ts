import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DIST } from './site.ts'

/** A copy of the build whose engine has another file name, as after a change of its code. */
export async function makeLaterBuild(): Promise<{ root: string; remove: () => Promise<void> }> {
  const root = await mkdtemp(path.join(tmpdir(), 'mqtab-later-'))
  await cp(DIST, root, { recursive: true })
  const assets = path.join(root, 'assets')
  const files = await readdir(assets)
  const engine = files.find((file) => /engine\.worker.*\.js$/.test(file))
  if (engine === undefined) throw new Error('The build has no engine')
  const later = engine.replace('.js', '-later.js')
  await rename(path.join(assets, engine), path.join(assets, later))
  for (const file of files.filter((name) => name.endsWith('.js') && name !== engine)) {
    const text = await readFile(path.join(assets, file), 'utf8')
    await writeFile(path.join(assets, file), text.replaceAll(engine, later))
  }
  return { root, remove: () => rm(root, { recursive: true, force: true }) }
}
