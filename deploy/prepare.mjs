/**
 * Makes a built site ready for nginx: `node deploy/prepare.mjs <site> <security.conf>`.
 * Removes what only the build needs, writes a `.gz` beside every text file for `gzip_static`, and
 * writes the security headers as nginx directives.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { constants, gzipSync } from 'node:zlib'
import { nginxHeaders } from './headers.mjs'

const COMPRESSIBLE = /\.(?:js|css|html|svg|json|txt|webmanifest|map)$/
/** Below this a compressed response saves no packet. */
const WORTH_BYTES = 1024

const [site, securityConf] = process.argv.slice(2)
if (!site || !securityConf) {
  console.error('usage: node deploy/prepare.mjs <site> <security.conf>')
  process.exit(2)
}

rmSync(path.join(site, '.vite'), { recursive: true, force: true })
for (const entry of readdirSync(site, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !COMPRESSIBLE.test(entry.name)) continue
  const file = path.join(entry.parentPath, entry.name)
  const bytes = readFileSync(file)
  if (bytes.length < WORTH_BYTES) continue
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }))
}
writeFileSync(securityConf, nginxHeaders())
