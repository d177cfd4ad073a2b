import type { Seconds } from '../units.ts'
import { findLayout, type Layout, type Source, type SysTexts } from './layout.ts'
import { MEASURES, type Measure, type Measures } from './measure.ts'
import { readUptime } from './readUptime.ts'

/** One node of a cluster, or the broker where it is one. */
export type NodeSummary = {
  name: string | undefined
  /** Product and number, as `mosquitto 2.0.11`. */
  version: string | undefined
  uptime: Seconds | undefined
  measures: Measures
}

/** What a broker says of itself, in one form for all of them. */
export type BrokerSummary = {
  /** Different versions side by side, as while a cluster is renewed. */
  version: string | undefined
  /** Of the node that has been running for longest. */
  uptime: Seconds | undefined
  /** Of all nodes together. */
  measures: Measures
  /** More than one only for a cluster. */
  nodes: NodeSummary[]
}

/** Reads what a broker publishes; undefined when it is in no layout that is known. */
export function summarize(texts: SysTexts): BrokerSummary | undefined {
  const found = findLayout(texts)
  if (!found) return undefined
  const { layout, sources } = found
  const nodes = sources.map((source) => summarizeNode(texts, layout, source))
  const versions = new Set(nodes.flatMap(({ version }) => version ?? []))
  const uptimes = nodes.flatMap(({ uptime }) => uptime ?? [])
  return {
    version: versions.size > 0 ? [...versions].join(', ') : undefined,
    uptime: uptimes.length > 0 ? Math.max(...uptimes) : undefined,
    measures: together(nodes, layout),
    nodes,
  }
}

/** A number as brokers write them; undefined for any other text. */
export function readNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined
}

/** The topic that has a measure of a source: the first of the layout's that has a number. */
export function topicOf(
  texts: SysTexts,
  { topics }: Layout,
  { prefix }: Source,
  measure: Measure,
): string | undefined {
  return topics[measure]
    ?.map((topic) => prefix + topic)
    .find((topic) => readNumber(texts.get(topic)) !== undefined)
}

function summarizeNode(texts: SysTexts, layout: Layout, source: Source): NodeSummary {
  const { prefix, node } = source
  const measures: Measures = {}
  for (const measure of MEASURES) {
    const topic = topicOf(texts, layout, source, measure)
    const value = topic === undefined ? undefined : readNumber(texts.get(topic))
    if (value !== undefined) measures[measure] = value
  }
  const uptime = texts.get(`${prefix}uptime`)
  return {
    name: node,
    version: versionOf(texts, layout, prefix),
    uptime: uptime === undefined ? undefined : readUptime(uptime),
    measures,
  }
}

/** `mosquitto version 2.0.11` says its name itself; EMQX has it in another topic. */
function versionOf(texts: SysTexts, layout: Layout, prefix: string): string | undefined {
  const version = texts.get(`${prefix}version`)
  if (version === undefined) return undefined
  if (layout.name === 'mosquitto') return version.replace(/^(\S+) version /, '$1 ')
  return `${texts.get(`${prefix}sysdescr`) ?? 'EMQX'} ${version}`
}

function together(nodes: readonly NodeSummary[], { ofCluster }: Layout): Measures {
  const sums: Measures = {}
  for (const measure of MEASURES) {
    const values = nodes.flatMap(({ measures }) => measures[measure] ?? [])
    if (values.length === 0) continue
    sums[measure] = ofCluster.includes(measure)
      ? Math.max(...values)
      : values.reduce((sum, value) => sum + value, 0)
  }
  return sums
}
