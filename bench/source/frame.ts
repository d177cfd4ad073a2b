/** The header of an unmasked binary WebSocket frame (RFC 6455 §5.2). */
export function frameHeader(length: number): Buffer {
  if (length < 126) return Buffer.of(0x82, length)
  if (length <= 0xffff) return Buffer.of(0x82, 126, length >> 8, length & 0xff)
  const header = Buffer.alloc(10)
  header[0] = 0x82
  header[1] = 127
  header.writeBigUInt64BE(BigInt(length), 2)
  return header
}

/** Takes a client's masked frames apart. What they carry is one stream of bytes. */
export class FrameReader {
  #rest = Buffer.alloc(0)

  /** Returns the content of the frames that are complete, or undefined where the client closes. */
  push(chunk: Buffer): Buffer | undefined {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    const contents: Buffer[] = []
    let at = 0
    for (;;) {
      const header = readHeader(bytes, at)
      if (!header || header.end > bytes.length) break
      if (header.opcode === 8) return undefined
      const content = Buffer.from(bytes.subarray(header.start, header.end))
      const mask = header.start - 4
      for (let i = 0; i < content.length; i++) {
        content[i] = (content[i] ?? 0) ^ (bytes[mask + (i & 3)] ?? 0)
      }
      if (header.opcode < 8) contents.push(content)
      at = header.end
    }
    this.#rest = Buffer.from(bytes.subarray(at))
    return contents.length === 1 ? contents[0] : Buffer.concat(contents)
  }
}

function readHeader(bytes: Buffer, at: number) {
  if (bytes.length < at + 6) return undefined
  const opcode = (bytes[at] ?? 0) & 0xf
  const short = (bytes[at + 1] ?? 0) & 0x7f
  if (short < 126) return { opcode, start: at + 6, end: at + 6 + short }
  if (short === 126) {
    return { opcode, start: at + 8, end: at + 8 + bytes.readUInt16BE(at + 2) }
  }
  if (bytes.length < at + 10) return undefined
  return { opcode, start: at + 14, end: at + 14 + Number(bytes.readBigUInt64BE(at + 2)) }
}
