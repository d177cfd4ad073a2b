/**
 * The rooms of src/ and who may import whom. ARCHITECTURE.md draws the same picture.
 * `allowed` lists, for each room, the other rooms it may reach.
 */
const allowed = {
  core: [],
  log: ['core'],
  storage: ['core'],
  engine: ['core', 'log', 'storage'],
  search: ['core', 'log'],
  stores: ['core', 'i18n'],
  features: ['core', 'stores', 'ui', 'i18n'],
  ui: [],
  i18n: ['core'],
}

const roomRules = Object.entries(allowed).map(([room, others]) => ({
  name: `${room}-imports-only-${others.join('-') || 'itself'}`,
  severity: 'error',
  from: { path: `^src/${room}/`, pathNot: '\\.test\\.ts$' },
  to: {
    path: '^src/',
    pathNot: [
      `^src/(${[room, ...others].join('|')})/`,
      ...(room === 'stores' ? ['^src/(engine|search)/protocol\\.ts$'] : []),
    ],
  },
}))

/** `packageName` may be imported only from files that match `home`. */
const onlyIn = (packageName, home) => ({
  name: `${packageName}-only-in-its-room`,
  severity: 'error',
  from: { path: '^(src|broker|bench)/', pathNot: [home, '\\.test\\.ts$'] },
  to: { path: `^node_modules/${packageName}/` },
})

module.exports = {
  forbidden: [
    ...roomRules,
    onlyIn('mqtt', '^(broker/conformance|bench/pages)/'),
    onlyIn('idb', '^src/(storage|log)/'),
    onlyIn('vue', '^src/(stores|features|ui|i18n|app)/'),
    onlyIn('pinia', '^src/(stores|app)/'),
    {
      name: 'features-never-import-each-other',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/' },
      to: { path: '^src/features/', pathNot: '^src/features/$1/' },
    },
    {
      name: 'broker-imports-only-core',
      severity: 'error',
      from: { path: '^broker/' },
      to: { path: '^src/', pathNot: '^src/core/' },
    },
    {
      // It drives the app from outside, and reads its logs with the code that knows their format.
      name: 'bench-imports-only-core-and-log',
      severity: 'error',
      from: { path: '^bench/' },
      to: { path: '^src/', pathNot: '^src/(core|log)/' },
    },
    {
      name: 'nothing-imports-bench',
      severity: 'error',
      from: { pathNot: '^bench/' },
      to: { path: '^bench/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default'] },
  },
}
